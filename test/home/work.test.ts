import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { invite, type InvitationForm } from '../../src/modules/activation/index.ts'
import { beginFlow } from '../../src/identity/flow/index.ts'
import { organisationNamed } from '../../src/modules/organisations/index.ts'
import { home } from '../../src/modules/home/home.ts'
import { widgetsAt } from '../../src/modules/home/arrangement.ts'
import { statementOf } from '../../src/modules/home/parts.ts'
import type { Task } from '../../src/tenancy/home-parts.ts'
import { listPeople } from '../../src/modules/staff/people.ts'
import type { Person } from '../../src/tenancy/context.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

/** What the firm's people find on their home page: who is stuck and why, and what waits for them. */
let portal: QuietPortal
let staff: Person
let colleague: Person
let admin: Person
const firm = 'kring'
beforeAll(async () => {
  portal = await quietPortal()
  staff = await portal.person(firm, { kind: 'staff', name: 'Staf' })
  colleague = await portal.person(firm, { kind: 'staff', name: 'Collega' })
  admin = await portal.person(firm, { kind: 'admin', name: 'Bea' })
})
afterAll(() => portal.close())
beforeEach(async () => {
  const context = portal.context(firm)
  for (const table of ['recovery_request', 'outbox_message', 'one_time', 'run'])
    await rowsIn(context, `delete from ${table}`)
  await rowsIn(context, `delete from account where id not in (?, ?, ?)`, [staff.id, colleague.id, admin.id])
  await rowsIn(context, 'update account set previous_sign_in_at = null')
})

const empty: InvitationForm = {
  name: '',
  email: '',
  username: '',
  role: '',
  organisation: '',
  language: '',
  'birthDate-day': '',
  'birthDate-month': '',
  'birthDate-year': '',
}
async function invited(name: string, more: Partial<InvitationForm> = {}): Promise<string> {
  const email = `${name.toLowerCase()}@lid.example`
  expect(await invite(portal.contextOf(firm, staff), { ...empty, name, email, ...more })).toMatchObject({ ok: true })
  return (await rowIn<{ id: string }>(portal.context(firm), 'select id from account where email_lookup = ?', [email]))!
    .id
}
interface Row {
  name: string
  href: string
  at: Date
  waits: string | null
  why: { key: string }[] | null
}
interface Home {
  main: { name: string }[]
  widgets: { name: string }[]
}
const the = async <T extends object>(name: string, who: Person = staff) => {
  const { main, widgets } = (await home(await portal.arrived(firm, who))) as Home
  return [...main, ...widgets].find((each) => each.name === name) as unknown as T
}
const stuck = (who?: Person) => the<{ rows: Row[]; total: number; more: boolean }>('stuck', who)
/** What waits of the firm; what their own account lacks is another test's. */
const tasks = async (who?: Person) =>
  (await the<{ tasks: Task[] }>('todo', who)).tasks.filter(({ key }) => !key.startsWith('onboarding.'))
const asks = (accountId: string) =>
  rowsIn(
    portal.context(firm),
    `insert into recovery_request (tenant_id, id, account_id, kind, asked_at) values (?, ?, ?, 'link', ?)`,
    [portal.context(firm).tenant.id, crypto.randomUUID(), accountId, portal.context(firm).at],
  )

test('who is stuck stands by name with why and since when, and leads to where it is put right; who is only slow does not', async () => {
  const ids: Record<string, string> = {}
  for (const name of ['Terug', 'Gesloten', 'Oud', 'Bezig', 'Begonnen', 'Nieuw']) ids[name] = await invited(name)
  await portal.mails(firm)
  const context = portal.context(firm)
  await rowsIn(context, 'update account set mail_failed_at = ? where id = ?', [context.at, ids.Terug])
  await rowsIn(context, 'update one_time set dead_at = ? where account_id = ?', [context.at, ids.Gesloten])
  await rowsIn(context, 'update one_time set created_at = ?, expires_at = ? where account_id = ?', [
    context.ago('P9D'),
    context.ago('PT1H'),
    ids.Oud,
  ])
  for (const name of ['Bezig', 'Begonnen'])
    await context.transaction((inner) => beginFlow(inner, ids[name]!, 'activation'))
  await rowsIn(context, 'update run set started_at = ? where account_id = ?', [context.ago('P2D'), ids.Bezig])
  const { rows, total } = await stuck()
  expect(rows.map(({ name, why }) => [name, why?.[0]?.key])).toEqual([
    ['Terug', 'mailFailsNew'],
    ['Gesloten', 'refused'],
    ['Oud', 'expired'],
    ['Bezig', 'step'],
  ])
  expect(rows.map(({ href }) => href)).toEqual(
    ['Terug', 'Gesloten', 'Oud', 'Bezig'].map(
      (name) => `/staff/people/${ids[name]}${name === 'Oud' ? '/invitation' : ''}`,
    ),
  )
  expect(rows.every(({ at }) => at instanceof Date)).toBe(true)
  expect(total).toBe(4)
})

test('the number of who is stuck is that of the list behind it', async () => {
  for (let nth = 0; nth < 11; nth++) {
    const id = await invited(`Oud${String.fromCharCode(97 + nth)}`)
    await rowsIn(portal.context(firm), 'update one_time set expires_at = ? where account_id = ?', [
      portal.context(firm).ago('PT1H'),
      id,
    ])
  }
  const { rows, total, more } = await stuck()
  expect([rows.length, total, more]).toEqual([8, 11, true])
  expect(await listPeople(portal.contextOf(firm, staff), { search: '', page: 1, show: 'stuck' })).toMatchObject({
    total: 11,
  })
  expect(await the('health', admin)).toMatchObject({ stuck: 11, invited: 11, active: 3, mailFails: 0, mail: 0, sms: 0 })
})

test('who lost everything waits in "to do" of who can say yes, and in the list of who said it already or asks for themselves', async () => {
  const client = await portal.person(firm, { kind: 'client', name: 'Kwijt' })
  await asks(client.id)
  await asks(colleague.id)
  const open = (await rowIn<{ id: string }>(
    portal.context(firm),
    'select id from recovery_request where account_id = ?',
    [client.id],
  ))!
  const said = (all: Task[]) =>
    all
      .filter(({ key }) => key === 'recovery.todo.release')
      .map(({ name }) => name)
      .sort()
  expect(said(await tasks())).toEqual(['Collega', 'Kwijt'])
  expect((await tasks()).find(({ name }) => name === 'Kwijt')).toMatchObject({
    at: portal.context(firm).at,
    href: `/staff/resets/${open.id}/release`,
  })
  expect(said(await tasks(colleague))).toEqual(['Kwijt'])
  expect((await stuck(colleague)).rows.map(({ name, waits }) => [name, waits])).toEqual([['Collega', 'own']])
  await rowsIn(
    portal.context(firm),
    'insert into recovery_release (tenant_id, request_id, staff_id, at) values (?, ?, ?, ?)',
    [portal.context(firm).tenant.id, open.id, staff.id, portal.context(firm).at],
  )
  expect(said(await tasks())).toEqual(['Collega'])
  expect((await stuck()).rows.map(({ name, waits }) => [name, waits])).toEqual([['Kwijt', 'given']])
  await asks(admin.id)
  // Of an administrator only other administrators decide, where there are two of them.
  expect(said(await tasks())).toEqual(['Bea', 'Collega'])
  const other = await portal.person(firm, { kind: 'admin', name: 'Tweede' })
  await portal.person(firm, { kind: 'admin', name: 'Derde' })
  expect(said(await tasks())).toEqual(['Collega'])
  expect((await stuck()).rows.map(({ name, waits }) => [name, waits]).sort()).toEqual([
    ['Bea', 'admin'],
    ['Kwijt', 'given'],
  ])
  expect(said(await tasks(other))).toEqual(['Bea', 'Collega', 'Kwijt'])
})

test('an invitation that stops working within a day is something to do, the first to stop on top; of many the rest is counted', async () => {
  const context = portal.context(firm)
  for (const [name, left] of [
    ['Morgen', 'PT23H'],
    ['Straks', 'PT2H'],
    ['Later', 'P3D'],
  ] as const) {
    await rowsIn(context, 'update one_time set created_at = ?, expires_at = ? where account_id = ?', [
      context.ago('P6D'),
      context.from(left),
      await invited(name),
    ])
  }
  expect((await tasks()).map(({ key, name, at }) => [key, name, at])).toEqual([
    ['activation.todo.expiring', 'Straks', context.from('PT2H')],
    ['activation.todo.expiring', 'Morgen', context.from('PT23H')],
  ])
  // A link of two hours is not urgent when it was made a minute ago.
  await rowsIn(context, 'update one_time set created_at = ?', [context.at])
  expect(await tasks()).toEqual([])
  for (let nth = 0; nth < 7; nth++) await invited(`Nog${String.fromCharCode(97 + nth)}`)
  await rowsIn(context, 'update one_time set created_at = ?, expires_at = ?', [
    context.ago('P6D'),
    context.from('PT2H'),
  ])
  expect((await tasks()).at(-1)).toMatchObject({ key: 'activation.todo.moreExpiring', count: 5 })
})

test('who is stuck, what expires and how many are in is found by index: nobody else is looked at', async () => {
  // Somebody who was here before: else what is new is not asked at all.
  const context = portal.contextOf(firm, { ...admin, previousSignInAt: portal.context(firm).ago('P1D') })
  // Enough of them that the planner does not take whatever comes first.
  await rowsIn(
    context,
    `insert into account (tenant_id, id, kind, name, email, email_lookup, language, created_at, activated_at)
    select ?, gen_random_uuid(), 'client', 'P' || n, 'p' || n, 'p' || n, 'nl', ?, ? from generate_series(1, 5000) n`,
    [context.tenant.id, context.at, context.at],
  )
  // The planner knows of them now, not when autovacuum comes by: before it or after it is another plan.
  await portal.services.orm.em.fork().execute('analyze')
  const plans = await context.transaction(async (inner) => {
    await rowsIn(inner, 'set local enable_seqscan = off')
    const found: [string, string][] = []
    for (const each of widgetsAt(inner).filter(({ name }) => ['todo', 'stuck', 'activity', 'health'].includes(name))) {
      const rows = await statementOf(inner, { [each.name]: each })!.explain<object>()
      found.push([each.name, rows.map((row) => Object.values(row).join()).join('\n')])
    }
    return found
  })
  for (const [name, plan] of plans) expect(plan, name).not.toMatch(/Seq Scan on (account|one_time|audit_line)\b/)
  const plan = Object.fromEntries(plans)
  expect(plan.stuck).toContain('account_waiting')
  expect(plan.todo).toContain('one_time_open_invitation')
})

test('what is new: who came in since the previous request, and what others did to the own account', async () => {
  const context = portal.context(firm)
  expect(await the('activity')).toMatchObject({ since: null, news: [] })
  await rowsIn(context, 'update account set previous_sign_in_at = ?, activated_at = ? where id in (?, ?)', [
    context.ago('P1D'),
    context.ago('P9D'),
    staff.id,
    colleague.id,
  ])
  await rowsIn(context, 'update account set activated_at = ? where id = ?', [context.ago('P9D'), admin.id])
  const client = await portal.person(firm, { kind: 'client', name: 'Erbij' })
  expect(await the('activity')).toMatchObject({
    news: [{ title: context.t('staff.news.joined', { name: 'Erbij' }), href: `/staff/people/${client.id}` }],
  })
  const line = (action: string, actor: string, outcome: string) =>
    rowsIn(
      context,
      `insert into audit_line (tenant_id, at, actor, action, subject, outcome, detail) values (?, ?, ?, ?, ?, ?, '{}')`,
      [context.tenant.id, context.at, actor, action, staff.id, outcome],
    )
  await line('signIn.done', staff.id, 'ok')
  await line('person.viewed', admin.id, 'ok')
  for (let nth = 0; nth < 3; nth++) await line('signIn.password', staff.id, 'refused')
  const { t } = { t: context.t.bind(context) }
  expect((await the<{ news: object[] }>('activity')).news).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({
        title: t('staff.activity.person.viewed'),
        text: t('profile.activity.byFirm'),
        at: context.at,
      }),
      expect.objectContaining({
        title: t('sign-in.activity.signIn.password'),
        text: `${t('profile.news.times', { count: 3 })} · ${t('profile.activity.refused')}`,
        at: context.at,
      }),
    ]),
  )
})

test('a client who may invite colleagues sees those of the own organisation, and nothing of the firm', async () => {
  const here = portal.context('vandam')
  const [own, other] = await here.transaction(async (inner) => [
    await organisationNamed(inner, 'Eigen BV'),
    await organisationNamed(inner, 'Ander BV'),
  ])
  const director = await portal.person('vandam', {
    kind: 'client',
    name: 'Directeur',
    role: 'director',
    organisationId: own!,
  })
  for (const [name, organisationId] of [
    ['Naast', own],
    ['Vreemd', other],
  ] as const) {
    const { id } = await portal.person('vandam', { kind: 'client', name, organisationId: organisationId! })
    await rowsIn(here, 'update account set activated_at = null where id = ?', [id])
    await rowsIn(
      here,
      `insert into one_time (tenant_id, id, purpose, account_id, digest, created_at, expires_at) values (?, ?, 'activation', ?, ?, ?, ?)`,
      [here.tenant.id, crypto.randomUUID(), id, name, here.ago('P8D'), here.ago('P1D')],
    )
  }
  const { main, widgets } = (await home(portal.contextOf('vandam', director))) as Home
  const all = [...main, ...widgets] as unknown as { name: string; rows: Row[]; counts: object; tasks: Task[] }[]
  expect(all.map(({ name }) => name)).toEqual(['todo', 'stuck', 'activity', 'people', 'information', 'mine'])
  expect(all[1]?.rows.map(({ name }) => name)).toEqual(['Naast'])
  expect(all[3]?.counts).toEqual({ active: 1, invited: 1 })
  expect(JSON.stringify(all)).not.toContain('Vreemd')
})
