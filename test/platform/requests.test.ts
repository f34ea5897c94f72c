import { afterAll, beforeAll, expect, test } from 'vitest'
import { version } from '../../src/platform/config/version.ts'
import { Client } from '../support/client.ts'
import { ask, httpPerson } from '../support/http.ts'
import { until } from '../faults/process.ts'
import { invites, signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
const lines: string[] = []
beforeAll(async () => {
  portal = await openTestPortal({ heard: (line) => void lines.push(line), env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => portal.close())

interface Line {
  msg: string
  requestId: string
  firm: string | null
  method: string
  route: string
  status: number
  ms: number
}
const requests = () => lines.map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg === 'request')
const number = /^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/
const metrics = async () => (await portal.services.metrics.text()).split('\n')
const value = async (start: string) =>
  Number(
    (await metrics())
      .find((line) => line.startsWith(start))
      ?.split(' ')
      .at(-1),
  )

test('every request is one line that says which firm, which kind of address, what came of it and how long it took; nothing of anybody', async () => {
  const staff = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', staff, 'staff')
  await staff.go('/staff/people?search=Geheimpje')
  const email = 'vertrouwelijk@beoordelaar.example'
  await invites(staff, new Client(portal, 'kring', email))
  const token = /\/activation\/([\w-]+)/.exec((await portal.outbox('kring', email))[0]?.text ?? '')?.[1] ?? ''
  expect(token.length).toBeGreaterThan(20)
  lines.length = 0
  const answers = [
    await ask(portal, 'kring', `/activation/${token}`),
    await ask(portal, 'kring', '/Geheimpje/'),
    await ask(portal, 'kring', '/sign-in?back=Geheimpje', { method: 'POST' }),
    await ask(portal, undefined, '/health'),
    await ask(portal, 'nobody', '/'),
    await staff.ask('/staff/people?search=Geheimpje'),
  ]
  expect(requests().map(({ firm, method, route, status }) => [firm, method, route, status])).toEqual([
    ['kring', 'GET', '/activation/:token', 200],
    ['kring', 'GET', 'none', 404],
    ['kring', 'POST', 'none', 403],
    [null, 'GET', 'none', 421],
    ['kring', 'GET', '/staff/people', 200],
  ])
  const ids = answers.map(({ headers }) => headers['x-request-id'])
  expect(ids.every((id) => number.test(String(id)))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect(requests().map(({ requestId }) => requestId)).toEqual(ids.filter((_, n) => n !== 3))
  expect(requests().every(({ ms }) => ms > 0 && ms < 60_000)).toBe(true)
  for (const secret of [token, 'Geheimpje', email, 'Noor', '127.0.0.1']) expect(lines.join('')).not.toContain(secret)
})

test('an error page says the number, in the language of the page', async () => {
  const dutch = await ask(portal, 'kring', '/nergens')
  expect(dutch.text).toContain(
    `Vermeld dit nummer als u belt: <span class="reference">${dutch.headers['x-request-id']}<`,
  )
  const person = httpPerson(portal, 'kring')
  await person.go('/sign-in')
  await person.press('/language')
  const english = await person.ask('/nowhere')
  expect(english.text).toContain(
    `If you call us, please give this number: <span class="reference">${english.headers['x-request-id']}<`,
  )
})

test('a proxy of ours may name a request, in a decent way; anybody else may not', async () => {
  const given = async (id: string) =>
    (await ask(portal, 'kring', '/health', { headers: { 'x-request-id': id } })).headers['x-request-id']
  expect(await given('7f3a9c1e-edge.1_x')).toBe('7f3a9c1e-edge.1_x')
  for (const odd of ['short', 'x'.repeat(65), '<b>bold</b>', 'two words', '-begins-with-a-dash', '{"json":1}'])
    expect(await given(odd)).toMatch(number)
  await portal.restart({ env: {} })
  expect(await given('7f3a9c1e-edge.1_x')).toMatch(number)
  expect(JSON.parse((await ask(portal, undefined, '/health')).text)).toEqual({ ok: true, version })
})

test('metrics count by pattern: asking for what is not there, or for ever other tokens, makes no new lines', async () => {
  const asks = async (n: number) => {
    await ask(portal, 'kring', `/activation/token-${n}`)
    await ask(portal, 'kring', `/nowhere-${n}`, { method: n % 2 ? 'GET' : 'PROPFIND' })
    await ask(portal, `firm-${n}`, '/')
  }
  for (let n = 0; n < 2; n++) await asks(n)
  const before = await metrics()
  const count = () =>
    value('portal_http_request_duration_seconds_count{method="GET",route="/activation/:token",status="4xx"}')
  const first = await count()
  for (let n = 2; n < 12; n++) await asks(n)
  expect((await metrics()).length).toBe(before.length)
  expect(await count()).toBe(first + 10)
  expect(before.at(-2)).toBe('# EOF')
})

test('metrics tell what waits in the outbox and for how long, what was delivered, the pools and the passwords', async () => {
  const staff = httpPerson(portal, 'vandam')
  await signsIn(portal, 'vandam', staff, 'staff')
  await portal.outbox('vandam')
  await portal.restart({ env: { SMTP_URL: 'smtp://127.0.0.1:1?requireTLS=false' } })
  await invites(staff, new Client(portal, 'vandam', 'wacht@proef.example'), { role: 'director' })
  await until(
    'nobody takes the mail',
    async () => (await value('portal_deliveries_total{kind="mail",outcome="retry"}')) > 0,
  )
  portal.forward('PT90S')
  expect(await value('portal_outbox_messages{kind="mail"}')).toBe(1)
  expect(await value('portal_outbox_oldest_seconds')).toBeCloseTo(90, 0)
  await portal.restart({ env: {} })
  await portal.outbox('vandam')
  expect(await value('portal_outbox_messages{kind="mail"}')).toBe(0)
  expect(await value('portal_outbox_oldest_seconds')).toBe(0)
  expect(await value('portal_deliveries_total{kind="mail",outcome="sent"}')).toBe(1)
  for (const pool of ['requests', 'limits', 'sessions'])
    expect(await value(`portal_database_connections{pool="${pool}",state="busy"}`), pool).toBeGreaterThanOrEqual(0)
  expect(await value('portal_password_hashes{state="waiting"}')).toBe(0)
})
