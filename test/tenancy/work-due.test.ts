import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { modules } from '../../src/modules.ts'
import { workOf } from '../../src/schedule.ts'
import { compose, jobsAfter } from '../../src/tenancy/compose.ts'
import type { Context } from '../../src/tenancy/context.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())
beforeEach(() => portal.sql(`delete from work_due where job = 'sign-in-alarms'`))

/** What happens at firms because of what stands in their tables. */
const jobsAtFirms = () =>
  compose(modules)
    .jobs.filter((each) => 'atFirm' in each && !each.follows)
    .map(({ name }) => name)

const job = compose(modules).jobs.find(({ name }) => name === 'sign-in-alarms')!
const tenant = (slug: string) => portal.tenant(slug)
const now = () => new Date(portal.services.clock.now().epochMilliseconds)

/** One turn of the job, which does this instead. @returns the firms it went to */
async function turn(work: (context: Context) => Promise<Date | null> = async () => null): Promise<string[]> {
  const been: string[] = []
  const atFirm = (context: Context) => {
    been.push(context.tenant.slug)
    return work(context)
  }
  await workOf(portal.services, { ...job, atFirm })(new AbortController().signal)
  return been
}

/** A row of the table the job looks at, as an act of the firm writes it. */
const alarm = (slug: string, at: Date, client?: pg.Client) => {
  const statement = `insert into sign_in_alarm (tenant_id, account_id, at)
    select tenant_id, id, $2 from account where tenant_id = $1 order by id limit 1
    on conflict (tenant_id, account_id) do update set at = excluded.at`
  const values = [tenant(slug).id, at]
  return client ? client.query(statement, values) : portal.sql(statement, values)
}

test('a firm where nothing happened is not visited; one where something did is, from that moment on and once', async () => {
  expect(await turn()).toEqual([])
  const soon = new Date(now().getTime() + 60_000)
  await alarm('polder', soon)
  await alarm('polder', new Date(soon.getTime() + 1))
  expect(await portal.sql(`select due_at from work_due where job = 'sign-in-alarms'`)).toEqual([{ due_at: soon }])
  expect(await turn()).toEqual([])
  portal.forward('PT1M')
  expect(await turn()).toEqual(['polder'])
  expect(await turn()).toEqual([])
})

test('the work says when it comes again, and what fails is tried again after a minute', async () => {
  await alarm('polder', now())
  await alarm('linde', now())
  const tomorrow = new Date(now().getTime() + 86_400_000)
  const been = await turn(async (context) => {
    if (context.tenant.slug === 'linde') throw new Error('not now')
    return tomorrow
  })
  expect(been.sort()).toEqual(['linde', 'polder'])
  expect(await turn()).toEqual([])
  portal.forward('PT1M')
  expect(await turn()).toEqual(['linde'])
  portal.forward('P1D')
  expect(await turn()).toEqual(['polder'])
})

test('what is written while the work looks is looked at too, also what is committed after that', async () => {
  await alarm('polder', now())
  const client = new pg.Client({ connectionString: portal.databaseUrl })
  await client.connect()
  await client.query(`select set_config('app.tenant', $1, false)`, [tenant('polder').id])
  // It finds the row that says so already, and is not done yet.
  await client.query('begin')
  await alarm('polder', now(), client)
  expect(await turn(), 'whoever relies on the row holds it').toEqual([])
  await client.query('commit')
  const been = await turn(async () => {
    await client.query('begin')
    await alarm('polder', now(), client)
    return null
  })
  expect(been).toEqual(['polder'])
  await client.query('commit')
  expect(await turn()).toEqual(['polder'])
  expect(await turn()).toEqual([])
  // Also what is due later than the one who looks may take.
  await alarm('polder', now())
  const later = new Date(now().getTime() + 5 * 60_000)
  await turn(async () => {
    await alarm('polder', later, client)
    return null
  })
  await client.end()
  portal.forward('PT5M')
  expect(await turn()).toEqual(['polder'])
})

test('what a process that was killed had in hand is taken again', async () => {
  await alarm('polder', now())
  void turn(() => new Promise(() => {}))
  await expect
    .poll(() => portal.sql(`select leased from work_due where job = 'sign-in-alarms'`))
    .toEqual([{ leased: true }])
  expect(await turn()).toEqual([])
  portal.forward('PT1M')
  expect(await turn()).toEqual(['polder'])
})

test('each job at firms is told by a trigger when it has something to look at', async () => {
  const rows = await portal.sql<{ args: string }>(
    `select encode(tgargs, 'escape') as args from pg_trigger where tgfoid = 'notice_work'::regproc`,
  )
  const told = new Set(rows.map(({ args }) => args.split('\\000')[0]))
  const atFirms = jobsAtFirms()
  expect(atFirms.filter((name) => !told.has(name))).toEqual([])
})

test('new choices of a firm are looked at by every job', async () => {
  const due = () =>
    portal.sql<{ job: string }>(`select job from work_due where tenant_id = $1 and due_at <= $2 order by job`, [
      tenant('kring').id,
      now(),
    ])
  await portal.sql('delete from work_due where tenant_id = $1', [tenant('kring').id])
  await portal.sql(
    `update policy_version set policy = policy || '{"name":"Anders"}' where tenant_id = $1 and version = (select max(version) from policy_version where tenant_id = $1)`,
    [tenant('kring').id],
  )
  await portal.sql(`update tenant set file_digest = null where slug = 'kring'`)
  await portal.restart()
  const atFirms = jobsAtFirms()
  expect((await due()).map((row) => row.job)).toEqual(expect.arrayContaining(atFirms))
})

test('a firm that is new is looked at by nothing, and one that mails about stricter rules by that, from the first day', async () => {
  const after = jobsAfter(compose(modules))
  const { policy } = tenant('kring')
  expect(after(policy, true)).toEqual([])
  const mails = { ...policy, existing: { ...policy.existing, mail: true } }
  expect(after(mails, true)).toEqual(['stricter-rules'])
  expect(after(mails, false).sort()).toEqual([...jobsAtFirms(), 'stricter-rules'].sort())
})
