import type { Answered, Ask } from '../load-job.ts'
import { rateOf, type Line, type Row } from '../measure.ts'
import { signIns } from '../sign-in-forms.ts'
import { clients } from '../signed-in.ts'
import { percentile, spread, told } from '../stats.ts'
import type { Site, World } from '../world.ts'

const crowd = 200
/** Home pages a second of the others, and how many of them look. */
const others = { rate: 40, connections: 8 }

const p99 = (answers: Answered[]) =>
  percentile(
    answers.map(({ ms }) => ms),
    0.99,
  )

interface Round {
  idle: number
  stormy: number
  /** Of the home pages, those that were refused as well. */
  turnedAway: number
  refusals: Answered[]
  share: number
}

/** Home pages for as long as it takes to let 200 people in who all press at once; and before it for as long as that. */
async function round(world: World, site: Site, looking: Ask[], from: number): Promise<Round> {
  const { port } = site.product
  const { load, options } = world
  const asks = await signIns(site, crowd, from)
  const look = { port, asks: looking, ...others, seconds: Math.max(5, options.seconds) }
  const idle = await load.run(look)
  const { wrong } = rateOf(idle, 200, 'home while nobody presses')
  if (wrong) throw new Error(wrong)
  const [during, pressed] = await Promise.all([
    load.run(look),
    load.run({ port, asks, connections: crowd, amount: crowd }),
  ])
  const over = pressed.seconds * 1000
  const inStorm = during.answers.filter(({ at, ms }) => at - ms <= over)
  return {
    idle: p99(idle.answers),
    stormy: p99(inStorm),
    turnedAway: during.answers.filter(({ status }) => status !== 200).length + during.errors,
    refusals: pressed.answers.filter(({ status }) => status === 503),
    share: during.share + pressed.share,
  }
}

async function line(world: World, people: number): Promise<Line> {
  const site = await world.site(people, 'anywhere')
  const looking = (await clients(world, site, others.connections, 4000)).map(
    ({ headers }): Ask => ({ path: '/home', headers }),
  )
  const all: Round[] = []
  for (let nth = 0; nth <= world.options.rounds; nth++) all.push(await round(world, site, looking, 4100 + nth * crowd))
  const counted = all.slice(1)
  const refused = spread(counted.map(({ refusals }) => refusals.length))
  const slowest = Math.round(Math.max(0, ...counted.flatMap(({ refusals }) => refusals.map(({ ms }) => ms))))
  const away = counted.reduce((sum, each) => sum + each.turnedAway, 0)
  const share = Math.round((counted.reduce((sum, each) => sum + each.share, 0) / counted.length) * 100)
  return {
    what: `others' home p99 in a storm, ${people.toLocaleString('en')} people`,
    unit: 'ms, idle',
    goal: '≤ 3, refusals < 100 ms',
    ratio: spread(counted.map(({ idle, stormy }) => stormy / idle)),
    product: spread(counted.map(({ stormy }) => stormy)),
    reference: spread(counted.map(({ idle }) => idle)),
    note: `${told(refused)} of ${crowd} refused with 503, the slowest after ${slowest} ms; ${away} home pages failed; load program: ${share} % of a core`,
  }
}

/** What others notice while 200 people sign in at once. */
export const storm: Row = {
  name: 'storm',
  measure: async (world) => [await line(world, 10_000), await line(world, 200_000)],
}
