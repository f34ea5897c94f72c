import type { Ask } from '../load-job.ts'
import { entered, rate, referenceTo, rounds, type Row } from '../measure.ts'
import { seedInvited } from '../seed.ts'
import { Visitor } from '../visitor.ts'
import type { Site } from '../world.ts'

/** Somebody who followed the link of an invitation and is asked to choose a password. */
async function choosing(site: Site, nth: number): Promise<Visitor> {
  const visitor = new Visitor(site.product, 'stap')
  const { path, email } = await seedInvited(site.database.all, nth)
  await visitor.go(path)
  await visitor.send({ email })
  await visitor.send({})
  if (visitor.at !== '/onboarding/password') throw new Error(`an invited person came to ${visitor.at}`)
  return visitor
}

/** A step of the onboarding that is sent with a wrong value, and shown again. */
export const onboardingStep: Row = {
  name: 'onboarding-step',
  async measure(world) {
    const site = await world.site(10_000)
    const { port } = site.product
    const asks: Ask[] = []
    for (let nth = 0; nth < world.options.connections; nth++) {
      const visitor = await choosing(site, nth)
      asks.push(visitor.post('/onboarding/password', { password: 'kort', repeat: 'kort' }))
    }
    const env = { DATABASE_URL: site.database.all, SLUG: 'stap' }
    const e = await referenceTo(world, 'e.ts', { port, page: asks[0]! }, env)
    const theirs = (await entered(e.port, asks.length)).map(
      (headers): Ask => ({
        method: 'POST',
        path: '/page',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: asks[0]!.body ?? '',
      }),
    )
    const measured = await rounds(
      world.options.rounds,
      () => rate(world, 'an onboarding step', 422, { port, asks }),
      () => rate(world, 'e', 422, { port: e.port, asks: theirs }),
    )
    await e.stop()
    return [{ what: 'onboarding step, wrong value', unit: 'forms/s, e', goal: '≥ 0.5', ...measured }]
  },
}
