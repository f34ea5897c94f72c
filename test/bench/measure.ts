import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ask, Job, Result } from './load-job.ts'
import type { Program } from './programs.ts'
import { spread, type Spread } from './stats.ts'
import { ask } from './visitor.ts'
import type { World } from './world.ts'

/** What came of a row: the product beside its reference, in every round. */
export interface Line {
  what: string
  /** Product against reference. */
  ratio: Spread
  /** What the two numbers count. */
  unit: string
  product: Spread
  reference: Spread
  goal: string
  note?: string
}

/** A row or group of rows of the table. */
export interface Row {
  /** By this it is asked for. */
  name: string
  measure(world: World): Promise<Line[]>
}

/** So many a second; and what was not as it should be, in words. */
export interface Rate {
  perSecond: number
  wrong: string | null
}

/**
 * Measures both in turn, round after round, whoever was last in one round first in the next: what else the machine does
 * meets both alike. The first of each is a warming-up and is not counted.
 */
export async function rounds(
  many: number,
  product: () => Promise<Rate>,
  reference: () => Promise<Rate>,
): Promise<Pick<Line, 'ratio' | 'product' | 'reference' | 'note'>> {
  const [ours, theirs]: [Rate[], Rate[]] = [[], []]
  for (let round = 0; round <= many; round++) {
    const both = [async () => void ours.push(await product()), async () => void theirs.push(await reference())]
    for (const one of round % 2 ? both : both.reverse()) await one()
  }
  const [a, b] = [ours, theirs].map((all) => all.slice(1).map(({ perSecond }) => perSecond)) as [number[], number[]]
  const wrong = [...ours, ...theirs].find((each) => each.wrong)?.wrong
  const ratio = spread(a.map((each, at) => each / (b[at] ?? 0)))
  return { ratio, product: spread(a), reference: spread(b), ...(wrong && { note: wrong }) }
}

/** Only answers that were meant count: how fast errors are is nobody's business. */
export function rateOf({ answers, errors, seconds }: Result, status: number, what: string): Rate {
  const right = answers.filter((answer) => answer.status === status)
  const others = new Set(answers.filter((answer) => answer.status !== status).map((answer) => answer.status))
  const failed = answers.length - right.length + errors
  const wrong = failed ? `${what}: ${failed} of ${answers.length + errors} failed (${[...others].join(', ')})` : null
  return { perSecond: right.length ? right.length / seconds : 0, wrong }
}

/** Answers a second under full load. Of a page that is slower than the load is long every connection waits for one. */
export async function rate(world: World, what: string, status: number, job: Pick<Job, 'port' | 'asks'>): Promise<Rate> {
  const { seconds, connections } = world.options
  const result = await world.load.run({ seconds, connections, ...job })
  const enough = result.answers.length > 2 * connections
  return rateOf(enough ? result : await world.load.run({ amount: connections, connections, ...job }), status, what)
}

/** Starts a reference that answers with the bytes of this page of the product, in which the name is filled in. */
export async function referenceTo(
  world: World,
  script: string,
  asked: { port: number; page: Ask; name?: string },
  env: Record<string, string> = {},
): Promise<Program> {
  const { body } = await ask(asked.port, asked.page)
  const file = join(world.surroundings.folder, `page-${crypto.randomUUID()}.html`)
  await writeFile(file, body)
  return world.reference(script, { PAGE: file, ...(asked.name && { NAME: asked.name }), ...env })
}

/** So many people signed in at a reference. */
export async function entered(port: number, many: number): Promise<Record<string, string>[]> {
  const all = Array.from({ length: many }, async (_, nth) => {
    const { headers } = await ask(port, { path: `/enter/${nth}`, headers: {} })
    return { host: 'localhost', cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' }
  })
  return Promise.all(all)
}
