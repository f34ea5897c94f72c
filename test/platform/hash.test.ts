import { expect, test } from 'vitest'
import { Busy } from '../../src/platform/crypto/hash-queue.ts'
import { createHasher } from '../../src/platform/crypto/password-hash.ts'
import { createKeyRing, newDataKey } from '../../src/platform/crypto/encryption.ts'

const first = `k1:${newDataKey().toString('base64')}`
const second = `k2:${newDataKey().toString('base64')}`
const ring = createKeyRing(first)
const hasher = createHasher({ ring })

test('the right password fits, another does not', async () => {
  const hash = await hasher.hashPassword('Zomer in Zwolle é')
  expect(hash).toMatch(/^k1\$argon2id\$v=19\$m=19456,p=1,t=2\$/)
  expect(await hasher.verifyPassword(hash, 'Zomer in Zwolle e\u0301')).toBe(true)
  expect(await hasher.verifyPassword(hash, 'Zomer in Zwolle')).toBe(false)
  expect(hasher.needsRehash(hash)).toBe(false)
})

test('without the pepper a stolen hash fits nothing', async () => {
  const hash = await hasher.hashPassword('Zomer in Zwolle')
  const thief = createHasher({ ring: createKeyRing(`k1:${newDataKey().toString('base64')}`) })
  expect(await thief.verifyPassword(hash, 'Zomer in Zwolle')).toBe(false)
})

test('a rotated master key keeps old hashes valid and asks for a new one', async () => {
  const hash = await hasher.hashPassword('Zomer in Zwolle')
  const rotated = createHasher({ ring: createKeyRing(`${second},${first}`) })
  expect(await rotated.verifyPassword(hash, 'Zomer in Zwolle')).toBe(true)
  expect(rotated.needsRehash(hash)).toBe(true)
  const retired = createHasher({ ring: createKeyRing(second) })
  expect(await retired.verifyPassword(hash, 'Zomer in Zwolle')).toBe(false)
})

test('weaker settings ask for a new hash', async () => {
  const hash = await hasher.hashPassword('Zomer in Zwolle')
  expect(hasher.needsRehash(hash.replace('t=2', 't=1'))).toBe(true)
})

test('an unknown account takes as long as a known one', async () => {
  const hash = await hasher.hashPassword('Zomer in Zwolle')
  const [known, unknown]: [number[], number[]] = [[], []]
  for (let i = 0; i < 15; i++) {
    known.push(await timed(() => hasher.verifyPassword(hash, 'wrong')))
    unknown.push(await timed(() => hasher.verifyPassword(null, 'wrong')))
  }
  // The shortest of each: what else the machine does only ever adds, and to a process of low priority many times over.
  const ratio = Math.min(...unknown) / Math.min(...known)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.6)
})

test('no more wait than allowed; the rest is told when to come back', async () => {
  const small = createHasher({ ring, atOnce: 2, mostWaiting: 3 })
  await small.verifyPassword(null, 'ready')
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => small.hashPassword('Zomer in Zwolle')))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason)
  expect(refused).toHaveLength(12 - 2 - 3)
  expect(refused.every((reason) => reason instanceof Busy && reason.retryAfter >= 1)).toBe(true)
  expect(await small.hashPassword('and then there is room again')).toContain('argon2id')
})

/** In milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
