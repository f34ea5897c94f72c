import { createECDH } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPushService, pushServices } from '../../src/platform/outbox/push-services.ts'
import { withPhone } from '../support/prompt-device.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { PushService } from '../support/push-service.ts'
import { givesPassword, somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'loonhuis'
const keys = createECDH('prime256v1')
keys.generateKeys()
const publicKey = keys.getPublicKey().toString('base64url')

let service: PushService
let portal: TestPortal
beforeAll(async () => {
  service = new PushService(publicKey)
  portal = await openTestPortal({
    env: {
      PUSH_SERVICES: await service.open(),
      VAPID_PUBLIC_KEY: publicKey,
      VAPID_PRIVATE_KEY: keys.getPrivateKey().toString('base64url').padStart(43, 'A'),
      VAPID_SUBJECT: 'mailto:beheer@portaal.example',
    },
  })
})
afterAll(async () => {
  await service.close()
  await portal.close()
})

async function subscribes(phone: HttpPerson, subscription: string): Promise<void> {
  await phone.go('/approve')
  const token = phone.page().querySelector('form[action="/approve/push"] [name=_csrf]')?.getAttribute('value') ?? ''
  await phone.send({
    action: '/approve/push',
    method: 'post',
    fields: [
      ['_csrf', token],
      ['subscription', subscription],
    ],
  })
}
const pushes = (id: string) =>
  portal.sql<{ push: string | null }>('select push from approver where account_id = $1', [id])

test('a device that asked for it is woken: encrypted for it alone, signed, urgent, and saying nothing of what it is about', async () => {
  const who = await somebody(portal, firm)
  const { phone } = await withPhone(portal, who)
  await phone.go('/approve')
  expect(phone.page().querySelector('[data-waking]')?.getAttribute('data-waking')).toBe(publicKey)
  await subscribes(phone, service.subscription())
  expect(await phone.reads()).toContain('krijgt een seintje')
  expect((await pushes(who.id))[0]?.push).not.toContain('localhost')
  const person = httpPerson(portal, firm)
  await givesPassword(person, who)
  await portal.outbox(firm)
  const [signal] = service.delivered.splice(0)
  expect(signal).toMatchObject({
    path: '/browser/1',
    signed: true,
    token: { aud: service.origin, sub: 'mailto:beheer@portaal.example' },
  })
  expect(signal?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '120' })
  expect(JSON.parse(signal!.text)).toEqual({
    title: 'Loonhuis',
    body: 'Er wacht een vraag om goedkeuring bij Loonhuis.',
    url: portal.url(firm, '/approve'),
  })
  const [row] = await portal.sql<{ payload: string; recipient: string }>(
    `select payload, recipient from outbox_message where kind = 'push' order by created_at desc limit 1`,
  )
  expect(row?.payload).toBe('')
  expect(row?.recipient).not.toContain('localhost')
})

test('a signal that is too late is not sent, one the service could not take goes again, and a dead subscription is forgotten', async () => {
  const who = await somebody(portal, firm)
  const { phone } = await withPhone(portal, who)
  await subscribes(phone, service.subscription())
  service.status = 503
  await givesPassword(httpPerson(portal, firm), who)
  await portal.outbox(firm)
  expect(service.delivered.splice(0).length).toBe(1)
  service.status = 201
  portal.forward('PT11S')
  await portal.outbox(firm)
  expect(service.delivered.splice(0).length).toBe(1)
  service.status = 503
  await givesPassword(httpPerson(portal, firm), who)
  await portal.outbox(firm)
  service.delivered.splice(0)
  portal.forward('PT3M')
  service.status = 410
  await portal.outbox(firm)
  expect(service.delivered).toEqual([])
  portal.forward('PT16M')
  await givesPassword(httpPerson(portal, firm), who)
  await portal.outbox(firm)
  expect(service.delivered.splice(0).length).toBe(1)
  expect((await pushes(who.id))[0]?.push).toBeNull()
  service.status = 201
})

test('nothing is sent anywhere but to a push service, whatever a browser says', async () => {
  const who = await somebody(portal, firm)
  const { phone } = await withPhone(portal, who)
  const odd = [
    'http://localhost:1/browser',
    'https://localhost/browser',
    'http://169.254.169.254/latest',
    `${service.origin.replace('localhost', 'localhost@evil.example')}/x`,
    'geen adres',
    '',
  ]
  for (const endpoint of odd) {
    await subscribes(phone, service.subscription(endpoint))
    expect((await pushes(who.id))[0]?.push, endpoint).toBeNull()
  }
  for (const text of [
    '{',
    '[]',
    '{"endpoint":1}',
    JSON.stringify({ ...JSON.parse(service.subscription()), extra: 1 }),
  ]) {
    await subscribes(phone, text)
    expect((await pushes(who.id))[0]?.push, text).toBeNull()
  }
  await subscribes(phone, service.subscription())
  await phone.press('/approve/push')
  expect((await pushes(who.id))[0]?.push, 'woken no more').toBeNull()
  const stranger = httpPerson(portal, firm)
  const token = /name="_csrf" value="([^"]+)"/.exec((await stranger.ask('/sign-in/help')).text)![1]!
  const { status, headers } = await stranger.ask('/approve/push', {
    method: 'POST',
    body: new URLSearchParams({ _csrf: token, subscription: service.subscription() }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  expect([status, headers.location]).toEqual([303, '/approve'])
})

test('the known services are those of the browsers, over https, at their own hosts', () => {
  const good = [
    'https://fcm.googleapis.com/fcm/send/a',
    'https://updates.push.services.mozilla.com/wpush/v2/a',
    'https://web.push.apple.com/a',
    'https://db5p.notify.windows.com/w/?token=a',
  ]
  const bad = [
    'http://fcm.googleapis.com/a',
    'https://fcm.googleapis.com.evil.example/a',
    'https://evilfcm.googleapis.com/a',
    'https://push.apple.com.evil.example',
    'https://a@fcm.googleapis.com/a',
    'https://fcm.googleapis.com:8443/a',
    'https://push.apple.com/a',
    'javascript:alert(1)',
    '//fcm.googleapis.com/a',
    'https://notify.windows.com@127.0.0.1/',
  ]
  expect(good.filter((each) => !isPushService(pushServices, each))).toEqual([])
  expect(bad.filter((each) => isPushService(pushServices, each))).toEqual([])
})
