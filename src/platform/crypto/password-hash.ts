import argon2 from 'argon2'
import { availableParallelism } from 'node:os'
import { randomBytes } from 'node:crypto'
import type { Log } from '../log/log.ts'
import type { KeyRing } from './encryption.ts'
import { createHashQueue } from './hash-queue.ts'

/** RFC 9106 by way of the OWASP password storage sheet: 19 MiB, two passes, one lane. */
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** As much computes as there are cores; more would only take turns. */
const AT_ONCE = availableParallelism()
/** For each that computes: about half a second's work. */
const MOST_WAITING_EACH = 20

export interface Hasher {
  /** @throws Busy */
  hashPassword(text: string): Promise<string>
  /** With null (no such account) it takes just as long and says false. @throws Busy */
  verifyPassword(hash: string | null, text: string): Promise<boolean>
  /**
   * Keeps room for a password that is going to be checked, until it is disposed of: before anything is read or counted
   * for it. In a storm of sign-ins this is what refuses the most of them. @throws Busy at once
   */
  reserve(): Disposable
  /** True when made with weaker settings or an older pepper: hash again at the next sign-in. */
  needsRehash(hash: string): boolean
  /** How many are computed and how many wait at this moment. */
  load(): { running: number; waiting: number }
  /** Ends the processes that compute; from then on everything is Busy. */
  close(): Promise<void>
}

/** What a pepper is derived for. */
export const pepperPurpose = 'password pepper'

/**
 * Argon2id with a pepper derived from the ring's current master key. A hash reads `keyId$argon2id$…`; one whose key
 * has left the ring, and whose pepper was not kept, can no longer be verified: such a ring is refused at the start.
 */
export function createHasher({
  ring,
  log,
  atOnce = AT_ONCE,
  mostWaiting = MOST_WAITING_EACH * atOnce,
}: {
  ring: KeyRing
  log?: Log
  atOnce?: number
  mostWaiting?: number
}): Hasher {
  const { run, reserve, load, close } = createHashQueue({ atOnce, mostWaiting, log })
  const pepper = (id: string) => ring.derive(pepperPurpose, id)
  const nobody = ring.current + nobodysHash()
  return {
    reserve,
    load,
    close,
    async hashPassword(text) {
      const secret = pepper(ring.current) as Buffer
      return ring.current + String(await run({ text: text.normalize('NFC'), secret, strength: STRENGTH }))
    },
    async verifyPassword(known, text) {
      const [id, encoded] = split(known ?? nobody)
      const secret = pepper(id) ?? Buffer.alloc(32)
      const same = await run({ text: text.normalize('NFC'), secret, encoded })
      return same === true && known !== null
    },
    needsRehash(known) {
      const [id, encoded] = split(known)
      return id !== ring.current || argon2.needsRehash(encoded, STRENGTH)
    },
  }
}

function split(hash: string): [id: string, encoded: string] {
  const at = hash.indexOf('$')
  return [hash.slice(0, at), hash.slice(at)]
}

/** Looks like a hash and takes as long to compare; nothing fits it, as it was drawn and not computed. */
function nobodysHash(): string {
  const { memoryCost: m, timeCost: t, parallelism: p } = STRENGTH
  const random = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${m},t=${t},p=${p}$${random(16)}$${random(32)}`
}
