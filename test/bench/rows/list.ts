import type { Ask } from '../load-job.ts'
import { entered, rate, referenceTo, rounds, type Line } from '../measure.ts'
import { copyPeople } from '../seed.ts'
import { staffMember } from '../signed-in.ts'
import type { Visitor } from '../visitor.ts'
import type { Site, World } from '../world.ts'

const inside = new WeakMap<Site, Promise<Visitor>>()

/** One of the firm's own people, and the copy that the reference reads: made once for every row that lists people. */
export function staffOf(world: World, site: Site): Promise<Visitor> {
  const made = inside.get(site) ?? copyPeople(site.database.all).then(() => staffMember(world, site))
  inside.set(site, made)
  return made
}

/** A page of the list beside one good query. */
export async function listBeside(
  world: World,
  site: Site,
  asked: { what: string; path: string; search?: string; goal: string },
): Promise<Line> {
  const member = await staffOf(world, site)
  const { port } = site.product
  const page: Ask = { path: asked.path, headers: member.headers }
  const env = { DATABASE_URL: site.database.all, SLUG: 'linde', ...(asked.search && { SEARCH: asked.search }) }
  const reference = await referenceTo(world, 'list.ts', { port, page }, env)
  const theirs = (await entered(reference.port, 1)).map((headers): Ask => ({ path: '/page', headers }))
  const measured = await rounds(
    world.options.rounds,
    () => rate(world, asked.what, 200, { port, asks: [page] }),
    () => rate(world, 'one query', 200, { port: reference.port, asks: theirs }),
  )
  await reference.stop()
  return { what: asked.what, unit: 'pages/s, one good query', goal: asked.goal, ...measured }
}
