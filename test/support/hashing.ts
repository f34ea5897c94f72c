import { TransactionContext } from '@mikro-orm/postgresql'
import type { Hasher } from '../../src/platform/crypto/password-hash.ts'

/**
 * A hash takes tens of milliseconds and may wait seconds behind others, so none is asked for inside a transaction: it
 * would hold its connection and its locks for as long. @param told where one is
 */
export function watchHashing(hasher: Hasher, told: (where: string) => void): void {
  const { hashPassword, verifyPassword } = hasher
  const look = () => {
    if (TransactionContext.currentTransactionContext()) told(new Error('hashed in a transaction').stack ?? '')
  }
  Object.assign(hasher, {
    hashPassword(text: string) {
      look()
      return hashPassword(text)
    },
    verifyPassword(hash: string | null, text: string) {
      look()
      return verifyPassword(hash, text)
    },
  } satisfies Partial<Hasher>)
}
