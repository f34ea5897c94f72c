/** Nothing but argon2, two at once: how many passwords this machine can check. Says how many when it is asked. */
import argon2 from 'argon2'

const atOnce = 2

interface Job {
  /** A hash as the product made it: with its parameters this one hashes too. */
  like: string
  seconds: number
}

async function perSecond({ like, seconds }: Job): Promise<number> {
  const of = (name: string) => Number(new RegExp(`\\b${name}=(\\d+)`).exec(like)?.[1])
  const hash = await argon2.hash('a password', { memoryCost: of('m'), timeCost: of('t'), parallelism: of('p') })
  const end = performance.now() + seconds * 1000
  let checked = 0
  const one = async () => {
    while (performance.now() < end) {
      await argon2.verify(hash, 'a password')
      checked++
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, one))
  return (checked * 1000) / (performance.now() - began)
}

process.on('message', (job: Job) => void perSecond(job).then((rate) => process.send?.(rate)))
