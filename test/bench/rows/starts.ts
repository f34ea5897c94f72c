import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Line, Row } from '../measure.ts'
import { startProduct, type Product } from '../product.ts'
import { memoryOf } from '../programs.ts'
import { spread } from '../stats.ts'
import type { World } from '../world.ts'

/** How long nobody comes by, in seconds. */
const idle = 10

/** A folder with so many firms that differ in name and colour. */
async function makeFirms(folder: string, many: number): Promise<string> {
  const tenants = join(folder, `firms-${many}`)
  for (let nth = 0; nth < many; nth++) {
    const firm = join(tenants, `firma-${nth}`)
    await mkdir(firm, { recursive: true })
    const brand = `#${(0x20_20_20 + (nth % 0x60_00)).toString(16)}`
    const contact = { mail: `help@firma-${nth}.example`, phone: '020 000 66 77' }
    const activation = [{ step: 'password' }, { step: 'done' }]
    const choices = { name: `Firma ${nth}`, contact, look: { brand }, onboarding: { activation } }
    const factors = { secondFactor: { of: ['authenticator', 'mail'], when: 'ifEnrolled' } }
    await writeFile(join(firm, 'tenant.json'), JSON.stringify({ ...choices, ...factors }))
  }
  return tenants
}

const committed = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ n: string }>(
    'select xact_commit + xact_rollback as n from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]!.n)
}

/** A database that knows so many firms, and what a start on it took. */
interface Site {
  firms: number
  start(): Promise<{ product: Product; seconds: number }>
  /** Of the first start, with firms that are all new; and of those after it. In seconds. */
  first: number
  again: number[]
  /** MB, and transactions a second, while nobody comes by. */
  memory: number
  rate: number
}

async function makeSite(world: World, firms: number): Promise<Site> {
  const { folder } = world.surroundings
  const surroundings = { ...world.surroundings, tenants: await makeFirms(folder, firms) }
  const database = await world.server.make(`bench_${process.pid}_firms_${firms}`)
  const start = async () => {
    const began = performance.now()
    const product = await startProduct(database.own, surroundings, 'anywhere')
    return { product, seconds: (performance.now() - began) / 1000 }
  }
  const first = await start()
  await pause(2000)
  const client = new pg.Client({ connectionString: database.all })
  await client.connect()
  const before = await committed(client)
  await pause(idle * 1000)
  const rate = ((await committed(client)) - before) / idle
  await client.end()
  await first.product.stop()
  return { firms, start, first: first.seconds, again: [], memory: 0, rate }
}

async function startAgain(site: Site): Promise<void> {
  const { product, seconds } = await site.start()
  site.again.push(seconds)
  await pause(1000)
  site.memory = Math.max(site.memory, memoryOf(product.pid))
  await product.stop()
}

/** How a start, memory and an idle minute grow with the number of firms; starts are made in turn, round after round. */
export const starts: Row = {
  name: 'starts',
  async measure(world) {
    const sites: Site[] = []
    for (const firms of world.options.firms) sites.push(await makeSite(world, firms))
    for (let round = 0; round < world.options.rounds; round++) for (const site of sites) await startAgain(site)
    const [least, ...more] = sites
    if (!least) return []
    const line = (each: Site, what: string, unit: string, goal: string, of: (site: Site) => number[]): Line => ({
      what: `${what}, ${each.firms.toLocaleString('en')} firms`,
      unit: `${unit}, ${least.firms} firms`,
      goal,
      ratio: spread(of(each).map((value, round) => value / (of(least)[round] ?? 0))),
      product: spread(of(each)),
      reference: spread(of(least)),
    })
    return more.flatMap((each) => [
      line(each, 'start', 's', '≤ 2 at 10,000', ({ again }) => again),
      line(each, 'first start, all new', 's', '', ({ first }) => [first]),
      line(each, 'memory', 'MB', '≤ 450 MB', ({ memory }) => [memory]),
      line(each, 'idle', 'transactions/s', '1', ({ rate }) => [rate]),
    ])
  },
}
