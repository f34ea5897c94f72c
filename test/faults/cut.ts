import { expect } from 'vitest'
import type { TestPortal } from '../support/portal.ts'
import { ask, type Response } from '../support/http.ts'
import type { Line } from './line.ts'
import { until } from './process.ts'

/** Does the act; null when it is no request. */
export type Attempt = () => Promise<Response | null>

/** What the database holds of each table: how many rows, how many values in each column, and a digest of it all. */
type Snapshot = Record<string, { counts: number[]; digest: string }>

/**
 * Kept on connections of their own, before and beside any act: tries that were counted, the browser's few words, what
 * the outbox and the jobs do by themselves. `work_due` says at which firm there is something, however often.
 */
const beside = [
  'attempt',
  'browser_session',
  'dev_message',
  'mikro_orm_migrations',
  'outbox_due',
  'outbox_message',
  'work_due',
]

async function tables(portal: TestPortal): Promise<string> {
  const columns = await portal.sql<{ name: string; counts: string }>(
    `select table_name as name, string_agg(format('count(%I)', column_name), ', ' order by ordinal_position) as counts
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all ($1) group by table_name order by table_name`,
    [beside],
  )
  const each = columns.map(
    ({ name, counts }) =>
      `select '${name}' as name, json_build_array(${counts}) as counts, md5(string_agg(t::text, '|' order by t::text)) as digest from ${name} t`,
  )
  // Of messages only that they are there: they are sent, and wiped, as soon as the act is done.
  return [
    ...each,
    `select 'outbox_message', json_build_array(count(*)), md5(string_agg(purpose, '|' order by purpose)) from outbox_message`,
  ].join(' union all ')
}

async function look(portal: TestPortal, sql: string): Promise<Snapshot> {
  const rows = await portal.sql<{ name: string; counts: number[]; digest: string }>(sql)
  return Object.fromEntries(rows.map(({ name, counts, digest }) => [name, { counts, digest }]))
}

/** What an act did: the tables it changed, and by how many rows and values in each column. */
const change = (before: Snapshot, after: Snapshot) =>
  Object.fromEntries(
    Object.keys(before)
      .filter((name) => before[name]!.digest !== after[name]!.digest)
      .map((name) => [
        name,
        after[name]!.counts.map((count, column) => count - (before[name]!.counts[column] ?? 0)).join(' '),
      ]),
  )

/** What came of all the cuts. */
export interface Cuts {
  statements: number
  nothing: number
  all: number
}

/**
 * Cuts the installation off from its database at the first statement of an act that writes, at the second, and so on
 * until the act is done; a commit also when it is carried out and its answer never arrives. After each cut either
 * nothing of the act is there, and the very same form goes again, or everything, and the same form does nothing more.
 * @param prepare makes somebody ready for the act
 */
export async function cutEverywhere(portal: TestPortal, line: Line, prepare: () => Promise<Attempt>): Promise<Cuts> {
  const sql = await tables(portal)
  const changes: { at: string; did: object }[] = []
  const cuts: Cuts = { statements: 0, nothing: 0, all: 0 }
  let attempt = await prepare()
  let before = await look(portal, sql)

  /** One attempt with one cut. @returns the statement, and what the act did; null when nothing was cut */
  async function once(nth: number, when: 'before' | 'after'): Promise<{ at: string; did: object } | null> {
    // The tries of the attempts before would make one wait.
    await portal.sql('delete from attempt')
    line.cutAt(nth, when)
    const answer = await attempt().catch((error: unknown) => {
      throw new Error(`no answer at statement ${nth}`, { cause: error })
    })
    const at = line.cutBy()
    line.mend()
    await until('the database answers again', async () => (await ask(portal, undefined, '/ready')).status === 200)
    if (answer) inWords(answer, at)
    const did = change(before, await look(portal, sql))
    if (at !== null && Object.keys(did).length) {
      await attempt()
      expect(change(before, await look(portal, sql)), `once more after a cut at ${at}`).toEqual(did)
    }
    if (at !== null) return { at, did }
    changes.unshift({ at: 'the end', did })
    return null
  }

  for (let nth = 1; ; nth++) {
    let commit = false
    for (const when of ['before', 'after'] as const) {
      if (when === 'after' && !commit) continue
      // When it was all there and the answer was lost too, only the post goes out: on to the end, untouched.
      const cut = await once(cuts.all < 2 ? nth : Infinity, when)
      if (!cut) return concluded()
      commit = /^commit/i.test(cut.at)
      cuts.statements = nth
      if (!Object.keys(cut.did).length) {
        cuts.nothing++
        continue
      }
      cuts.all++
      changes.push({ ...cut, at: `${nth} ${when} ${cut.at}` })
      attempt = await prepare()
      before = await look(portal, sql)
    }
  }

  /** Whatever was there after a cut is all that the untouched act does. */
  function concluded(): Cuts {
    const [whole, ...others] = changes
    expect(Object.keys(whole!.did)).toContain('audit_line')
    for (const { at, did } of others) expect(did, at).toEqual(whole!.did)
    expect(cuts.nothing).toBeGreaterThan(3)
    return cuts
  }
}

/** An answer that could not be given is a page that says so, in words and without a trace of why. */
function inWords({ status, text }: Response, at: string | null): void {
  if (at === null) return expect(status, text.slice(0, 300)).toBeLessThan(400)
  if (status < 500) return
  const main = /<main[\s\S]*<\/main>/.exec(text)?.[0]
  expect(main, at).toBeTruthy()
  expect(main, at).not.toMatch(/ECONN|terminated|postgres|select |Error:/i)
}
