import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fitsGsm7 } from '../../src/platform/outbox/gsm7.ts'
import { Postponed, Undeliverable, type Message } from '../../src/platform/outbox/message.ts'
import { createSms, type Gateway } from '../../src/platform/outbox/sms.ts'
import { startKannel } from './kannel.ts'

const message: Message = {
  id: '0190-id',
  tenantId: 't',
  kind: 'sms',
  purpose: 'code',
  to: '+31612345678',
  text: 'Uw code is 123456 & geldig, 10 min.',
}
const gateway = { preset: 'kannel' as const, user: 'portal', password: 'p&ss wörd', from: 'Portaal' }
let kannel: Awaited<ReturnType<typeof startKannel>>

beforeAll(async () => {
  kannel = await startKannel(gateway)
})
beforeEach(() => kannel.feel('accept'))
afterAll(() => kannel.stop())

const send = (changes: Partial<Message> = {}, own: Partial<Gateway> = {}) =>
  createSms({ ...gateway, url: kannel.url, ...own }, 300).send({ ...message, ...changes })

test('an accepted message arrives word for word', async () => {
  await send()
  expect(kannel.received.at(-1)?.fields).toEqual({
    username: 'portal',
    password: 'p&ss wörd',
    from: 'Portaal',
    to: '+31612345678',
    text: message.text,
    charset: 'UTF-8',
    coding: '0',
  })
  expect(kannel.received.at(-1)?.headers['idempotency-key']).toBe('0190-id')
})

test('what does not fit the 7-bit alphabet goes as UCS-2', async () => {
  await send({ text: 'Zażółć 你好 👋' })
  expect(kannel.received.at(-1)?.fields).toMatchObject({ coding: '2', charset: 'UTF-8', text: 'Zażółć 你好 👋' })
  expect([fitsGsm7('één €5 [ok]'), fitsGsm7('ê'), fitsGsm7('👋')]).toEqual([true, false, false])
})

test('queued at the gateway counts as handed over', async () => {
  kannel.feel('queue')
  await send()
})

test.each([
  ['refuse', Undeliverable, '400'],
  ['overloaded', Postponed, '503'],
  ['confused', Postponed, 'without accepting'],
  ['silence', Postponed, 'did not answer in time'],
] as const)('the gateway’s mood is "%s"', async (mood, kind, words) => {
  kannel.feel(mood)
  const error = await send().catch((reason: Error) => reason)
  expect(error).toBeInstanceOf(kind)
  expect((error as Error).message).toContain(words)
  expect((error as Error).message).not.toMatch(/31612345678|p&ss|123456/)
})

test('a wrong sign-in at the gateway is tried again: somebody is going to mend it', async () => {
  await expect(send({}, { password: 'old' })).rejects.toBeInstanceOf(Postponed)
})

test('a gateway that is down is tried again', async () => {
  const gone = await startKannel(gateway)
  await gone.stop()
  await expect(send({}, { url: gone.url })).rejects.toThrow('cannot be reached (ECONNREFUSED)')
})

test('another gateway takes JSON', async () => {
  const received: unknown[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push([request.method, request.url, request.headers.authorization, JSON.parse(body)])
    response.writeHead(201).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/messages`
  await createSms({ preset: 'json', url, user: '', password: 'key', from: '3000' }).send(message)
  server.close()
  expect(received).toEqual([
    ['POST', '/v1/messages', 'Bearer key', { id: '0190-id', from: '3000', to: '+31612345678', text: message.text }],
  ])
})
