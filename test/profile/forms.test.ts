import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../src/modules/profile/routes.ts'
import { Device, type Options } from '../support/device.ts'
import { httpPerson, type HttpPerson, type Sending } from '../support/http.ts'
import { codeTo, scan } from '../support/phone.ts'
import { enters, somebody, type Somebody } from '../support/somebody.ts'
import { everything } from '../support/steps.ts'
import { otherChoices } from '../support/choices.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { behind, password } from './signed-in.ts'

/** One firm that lets people change everything there is. */
const firm = 'kring'
const phone = '+31620303030'
const fresh = 'Drie#natte regenlaarzen'

let portal: TestPortal
let who: Somebody
/** The browser that is signed in. */
let person: HttpPerson
beforeAll(async () => {
  portal = await openTestPortal({
    env: await otherChoices(firm, {
      secondFactor: { of: ['passkey', 'authenticator', 'devicePrompt', 'sms'], trustedComputer: 'P7D' },
    }),
  })
  who = await somebody(portal, firm, { backup: true })
  await enters(who)
  portal.forward('PT2M')
  person = await enters(who)
})
afterAll(() => portal.close())

type Fields = Record<string, string>
/** A changing form: what is typed in it, the line it writes and the messages it sends. */
interface Form {
  at?: () => Promise<string>
  fields?: () => Promise<Fields> | Fields
  line?: string
  sends?: string[]
}

const newest = (table: string, moment: string) => async () =>
  (
    await portal.sql<{ id: string }>(
      `select id from ${table} where account_id = $1 order by ${moment} desc, id limit 1`,
      [who.id],
    )
  )[0]!.id
const [app, passkey, approver] = [
  newest('authenticator', 'removed_at is null desc, confirmed_at'),
  newest('passkey', 'created_at'),
  newest('approver', 'created_at'),
]
const appCode = async (at: string): Promise<Fields> => {
  await person.go(at)
  return { code: (await scan(portal, person)).code() }
}
const computer = async () => {
  const id = crypto.randomUUID()
  await portal.sql(
    `insert into trusted_computer (tenant_id, id, account_id, digest, fingerprint, created_at, expires_at, browser) select tenant_id, $2::uuid, id, $2::uuid::text, '', $3::timestamptz, $3::timestamptz + interval '1 day', 'x' from account where id = $1`,
    [who.id, id, portal.services.clock.now().toString()],
  )
  return id
}

const forms: Record<string, Form> = {
  '/name': { fields: () => ({ name: 'Iemand Anders' }), line: 'account.name' },
  '/language': { fields: () => ({ language: 'en' }), line: 'account.language' },
  '/email': { fields: () => ({ email: 'ergens-anders@proef.example' }), line: 'email.asked', sends: ['emailChange'] },
  '/apps/new': {
    fields: async () => ({ ...(await appCode('/profile/apps/new')), name: 'Nieuw' }),
    line: 'authenticator.confirmed',
    sends: ['appChanged'],
  },
  '/apps/:id/name': {
    at: async () => `/apps/${await app()}/name`,
    fields: () => ({ name: 'Anders' }),
    line: 'authenticator.renamed',
  },
  '/apps/:id/replace': {
    at: async () => `/apps/${await app()}/replace`,
    fields: async () => appCode(`/profile/apps/${await app()}/replace`),
    line: 'authenticator.confirmed',
    sends: ['appChanged'],
  },
  '/passkeys/new': {
    line: 'passkey.added',
    sends: ['passkeyAdded'],
    async fields() {
      await person.go('/profile/passkeys/new')
      const options = JSON.parse(
        person.page().querySelector('[data-passkey]')!.getAttribute('data-options')!,
      ) as Options
      return { name: 'Sleutel', passkey: new Device(portal.url(firm, '')).makes(options) }
    },
  },
  '/passkeys/:id/name': {
    at: async () => `/passkeys/${await passkey()}/name`,
    fields: () => ({ name: 'Anders' }),
    line: 'passkey.renamed',
  },
  '/phone/remove': { line: 'phone.removed', sends: ['phoneRemoved'] },
  '/phone': { fields: () => ({ phone, code: '', act: '' }), sends: ['code'] },
  '/phone, the code': {
    at: async () => '/phone',
    fields: async () => ({ phone: '', code: await codeTo(portal, firm, phone), act: '' }),
    line: 'phone.confirmed',
    sends: ['phoneChanged'],
  },
  '/apps/:id/remove': {
    at: async () => `/apps/${await app()}/remove`,
    line: 'authenticator.removed',
    sends: ['appRemoved'],
  },
  '/passkeys/:id/remove': {
    at: async () => `/passkeys/${await passkey()}/remove`,
    line: 'passkey.removed',
    sends: ['passkeyRemoved'],
  },
  '/approvers/join': { line: 'approver.offered' },
  '/approvers/here': { line: 'approver.added', sends: ['devicePromptAdded'] },
  '/approvers/:id/name': {
    at: async () => `/approvers/${await approver()}/name`,
    fields: () => ({ name: 'Anders' }),
    line: 'approver.renamed',
  },
  '/approvers/:id/remove': {
    at: async () => `/approvers/${await approver()}/remove`,
    line: 'approver.removed',
    sends: ['devicePromptRemoved'],
  },
  '/backup-code': {
    line: 'backupCode.made',
    sends: ['backupCodeMade'],
    async fields() {
      await person.go('/profile/backup-code')
      return { saved: 'yes', nth: person.page().querySelector('[name=nth]')!.getAttribute('value')! }
    },
  },
  '/password': {
    fields: () => ({ current: password, password: fresh, repeat: fresh }),
    line: 'password.changed',
    sends: ['passwordChanged'],
  },
  '/sessions/:id/end': {
    at: async () =>
      `/sessions/${(await portal.sql<{ id: string }>('select id from portal_session where account_id = $1 order by started_at limit 1', [who.id]))[0]!.id}/end`,
    line: 'session.ended',
  },
  '/sessions/end': { line: 'session.othersEnded' },
  '/computers/:id/end': { at: async () => `/computers/${await computer()}/end`, line: 'computer.distrusted' },
  '/computers/end': { line: 'computer.allDistrusted' },
}

test('every form of the profile that changes something is here', () => {
  const changing = routes(everything)
    .filter(({ method, level }) => method === 'post' && level !== 'public')
    .map(({ path }) => path)
  expect([...new Set(Object.keys(forms).map((name) => name.split(',')[0]))].sort()).toEqual(changing.sort())
})

const tables = [
  'account',
  'phone',
  'authenticator',
  'passkey',
  'approver',
  'backup_code',
  'one_time',
  'trusted_computer',
  'portal_session',
  'outbox_message',
  'answered_form',
]
/** Where the rest changes by itself: seen just now, sent by now. */
const only: Record<string, string> = { portal_session: 'id, digest, revoked_at', outbox_message: 'id, purpose' }
/** Everything kept about them. */
const kept = async () =>
  Promise.all(
    tables.map((table) =>
      portal.sql(
        `select ${only[table] ?? '*'} from ${table} where ${table === 'account' ? 'id' : 'account_id'} = $1 order by 1, 2`,
        [who.id],
      ),
    ),
  )
const lines = async () =>
  (
    await portal.sql<{ line: string }>(
      `select action || ' ' || outcome as line from audit_line where $1 in (subject, actor) order by seq`,
      [who.id],
    )
  ).map(({ line }) => line)
const messages = async () =>
  (
    await portal.sql<{ purpose: string }>(
      'select purpose from outbox_message where account_id = $1 order by created_at',
      [who.id],
    )
  ).map(({ purpose }) => purpose)

/** A form of this page as the browser would send it, made from the hidden fields every form has. */
async function filled({ at, fields }: Form, name: string): Promise<Sending> {
  const typed = (await fields?.()) ?? {}
  const action = `/profile${(await at?.()) ?? name}`
  await person.go('/profile/name')
  const hidden = person.form().fields.filter(([field]) => field !== 'name')
  return { action, method: 'post', fields: [...hidden, ...Object.entries(typed)] }
}

/**
 * Sends these at once while somebody else holds the account, does something there when all of them wait, and lets go.
 */
async function underWay(
  people: HttpPerson[],
  sending: Sending,
  meanwhile: (holds: pg.Client) => Promise<unknown> = async () => {},
): Promise<void> {
  const holds = await behind(portal)
  await holds.query('begin')
  await holds.query('select from account where id = $1 for update', [who.id])
  let answered = 0
  const sent = people.map((each) =>
    each.send(sending).finally(() => {
      answered++
    }),
  )
  const waiting = async () =>
    (await portal.sql(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
      .length
  while ((await waiting()) + answered < people.length);
  await meanwhile(holds)
  await holds.query('commit')
  await Promise.all([...sent, holds.end()])
}
function twin(): HttpPerson {
  const other = httpPerson(portal, firm)
  for (const [name, value] of person.cookies) other.cookies.set(name, value)
  return other
}

test.each(Object.entries(forms))(
  '%s: signing out everywhere beats it under way, and sent twice it has one effect',
  async (name, form) => {
    portal.forward('PT61S')
    await portal.sql('update portal_session set stepped_up_at = $2 where account_id = $1', [
      who.id,
      portal.services.clock.now().toString(),
    ])
    const sending = await filled(form, name)
    const [before, linesBefore, messagesBefore] = [await kept(), await lines(), await messages()]

    const late = twin()
    await underWay([late], sending, (holds) =>
      holds.query('update portal_session set revoked_at = $2 where account_id = $1 and revoked_at is null', [
        who.id,
        portal.services.clock.now().toString(),
      ]),
    )
    expect(await late.at()).toBe('/sign-in')
    await portal.sql('update portal_session set revoked_at = null where account_id = $1 and revoked_at = $2', [
      who.id,
      portal.services.clock.now().toString(),
    ])
    expect(await kept()).toEqual(before)
    expect(await lines()).toEqual(linesBefore)

    const [one, other] = [twin(), twin()]
    await underWay([one, other], sending)
    for (const each of [one, other]) expect([each.status(), await each.mistakes()]).toEqual([200, {}])
    expect((await lines()).slice(linesBefore.length)).toEqual(form.line ? [`${form.line} ok`] : [])
    expect((await messages()).slice(messagesBefore.length)).toEqual(form.sends ?? [])
    // Who came first has the new session.
    await one.go('/profile')
    person = (await one.at()) === '/profile' ? one : other
  },
)
