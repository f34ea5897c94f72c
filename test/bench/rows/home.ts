import type { Ask } from '../load-job.ts'
import { entered, rate, referenceTo, rounds, type Line, type Row } from '../measure.ts'
import { clients } from '../signed-in.ts'
import type { Visitor } from '../visitor.ts'
import type { Site, World } from '../world.ts'

interface Page {
  what: string
  path: string
  headers: Record<string, string>
  goal: string
}

const htmx = { 'hx-request': 'true', 'sec-fetch-dest': 'empty' }

const pages: Page[] = [
  { what: 'home, signed in', path: '/home', headers: {}, goal: '≥ 0.9' },
  { what: 'home as htmx part', path: '/home', headers: htmx, goal: '≥ 0.9' },
  { what: 'a widget alone', path: '/home/widgets/activity', headers: htmx, goal: '≥ 0.9' },
]

async function beside(world: World, site: Site, people: Visitor[], page: Page): Promise<Line> {
  const asks = people.map((each): Ask => ({ path: page.path, headers: { ...each.headers, ...page.headers } }))
  const { port } = site.product
  const env = { DATABASE_URL: site.database.all, SLUG: 'linde' }
  const e = await referenceTo(world, 'e.ts', { port, page: asks[0]!, name: 'Daan Oosting 1' }, env)
  const theirs = (await entered(e.port, people.length)).map((headers): Ask => ({ path: '/page', headers }))
  const measured = await rounds(
    world.options.rounds,
    () => rate(world, page.what, 200, { port, asks }),
    () => rate(world, 'e', 200, { port: e.port, asks: theirs }),
  )
  await e.stop()
  return { what: page.what, unit: 'pages/s, e', goal: page.goal, ...measured }
}

/** The home page of clients with all five widgets, whole and in parts. */
export const home: Row = {
  name: 'home',
  async measure(world) {
    const site = await world.site(10_000)
    const people = await clients(world, site, world.options.connections)
    const lines: Line[] = []
    for (const page of pages) lines.push(await beside(world, site, people, page))
    return lines
  },
}
