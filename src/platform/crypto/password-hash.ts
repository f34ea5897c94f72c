import argon2 from 'argon2'
import { availableParallelism } from 'node:os'
import { randomToken, type KeyRing } from './encryption.ts'

/** RFC 9106 by way of the OWASP password storage sheet: 19 MiB, two passes, one lane. */
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const MOST_WAITING = 40
/** Hashing runs on Node's four shared threads; one stays free for files and names. */
const AT_ONCE = Math.min(availableParallelism(), 3)
const ROUGH_SECONDS_EACH = 0.05

/** Too many hashes are waiting already. Answer 503 with this Retry-After (seconds). */
export class Busy extends Error {
  override name = 'Busy'
  readonly retryAfter: number
  constructor(retryAfter: number) {
    super('Too many passwords are being checked at this moment.')
    this.retryAfter = retryAfter
  }
}

export interface Hasher {
  /** @throws Busy */
  hashPassword(text: string): Promise<string>
  /** With null (no such account) it takes just as long and says false. @throws Busy */
  verifyPassword(hash: string | null, text: string): Promise<boolean>
  /** True when made with weaker settings or an older pepper: hash again at the next sign-in. */
  needsRehash(hash: string): boolean
  /** How many are computed and how many wait at this moment. */
  load(): { running: number; waiting: number }
}

/** What a pepper is derived for. */
export const pepperPurpose = 'password pepper'

/**
 * Argon2id with a pepper derived from the ring's current master key. A hash reads `keyId$argon2id$…`; one whose key
 * has left the ring, and whose pepper was not kept, can no longer be verified: such a ring is refused at the start.
 */
export function createHasher({
  ring,
  atOnce = AT_ONCE,
  mostWaiting = MOST_WAITING,
}: {
  ring: KeyRing
  atOnce?: number
  mostWaiting?: number
}): Hasher {
  const { turn, load } = queue(atOnce, mostWaiting)
  const pepper = (id: string) => ring.derive(pepperPurpose, id)
  const hash = async (text: string) => {
    const secret = pepper(ring.current) as Buffer
    return ring.current + (await argon2.hash(text.normalize('NFC'), { ...STRENGTH, type: argon2.argon2id, secret }))
  }
  const nobody = turn(() => hash(randomToken()))
  return {
    load,
    hashPassword: (text) => turn(() => hash(text)),
    async verifyPassword(known, text) {
      const [id, encoded] = split(known ?? (await nobody))
      const secret = pepper(id) ?? Buffer.alloc(32)
      const same = await turn(() => argon2.verify(encoded, text.normalize('NFC'), { secret }))
      return same && known !== null
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

/** Lets `atOnce` tasks run, keeps `mostWaiting` waiting in order, and refuses the rest. */
function queue(atOnce: number, mostWaiting: number) {
  const waiting: (() => void)[] = []
  let running = 0
  async function turn<T>(task: () => Promise<T>): Promise<T> {
    if (running < atOnce) running++
    else if (waiting.length < mostWaiting) await new Promise<void>((resume) => waiting.push(resume))
    else throw new Busy(Math.ceil(1 + (mostWaiting * ROUGH_SECONDS_EACH) / atOnce))
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      // The place is handed over, not given back, so nobody can slip in between.
      if (next) next()
      else running--
    }
  }
  return { turn, load: () => ({ running, waiting: waiting.length }) }
}
