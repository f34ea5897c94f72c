import { AsyncLocalStorage } from 'node:async_hooks'
import { TransactionContext } from '@mikro-orm/postgresql'
import type { Hasher } from '../../src/platform/crypto/password-hash.ts'

/** Whether room is kept, by whoever asks. */
const rooms = new AsyncLocalStorage<{ kept: boolean }>()

/**
 * A hash takes tens of milliseconds and may wait seconds behind others, so none is asked for inside a transaction: it
 * would hold its connection and its locks for as long. What is compared was counted as a try first, so room is kept
 * before: else a try would be counted that nobody judges. @param told where one of these is not so
 */
export function watchHashing(hasher: Hasher, told: (where: string) => void): void {
  const { hashPassword, verifyPassword, reserve } = hasher
  const tell = (what: string) => told(new Error(what).stack ?? '')
  const look = () => {
    if (TransactionContext.currentTransactionContext()) tell('hashed in a transaction')
  }
  Object.assign(hasher, {
    hashPassword(text: string) {
      look()
      return hashPassword(text)
    },
    verifyPassword(hash: string | null, text: string) {
      look()
      if (!rooms.getStore()?.kept) tell('compared without room that was kept for it')
      return verifyPassword(hash, text)
    },
    reserve() {
      const room = reserve()
      const here = { kept: true }
      rooms.enterWith(here)
      return {
        [Symbol.dispose]() {
          here.kept = false
          room[Symbol.dispose]()
        },
      }
    },
  } satisfies Partial<Hasher>)
}
