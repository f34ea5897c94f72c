/**
 * What runs in a hash process (`hash-process.ts` starts it): computes one Argon2 hash after the other and nothing else.
 * It is given all it needs with each job, the pepper included, and keeps nothing of it.
 */
import argon2 from 'argon2'

/** One hash to compute, or to compare with an encoded one. */
export type HashJob = { text: string; secret: Uint8Array } & (
  | { encoded: string }
  | { strength: { memoryCost: number; timeCost: number; parallelism: number } }
)
/** The encoded hash; whether the text fits; or what was wrong with the job, never the text. */
export type HashAnswer = { done: string | boolean } | { failed: string }

async function compute(job: HashJob): Promise<HashAnswer> {
  const secret = Buffer.from(job.secret)
  try {
    if ('encoded' in job) return { done: await argon2.verify(job.encoded, job.text, { secret }) }
    return { done: await argon2.hash(job.text, { ...job.strength, type: argon2.argon2id, secret }) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : 'unknown' }
  }
}

process.on('message', async (job: HashJob) => {
  const answer = await compute(job)
  if (process.connected) process.send?.(answer)
})
// The channel closes when the parent says so, and also when it was killed.
process.on('disconnect', () => process.exit(0))
// A terminal's Ctrl-C reaches every process of its group: the parent finishes what is under way, so we stay as long.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
