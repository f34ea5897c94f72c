import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KeptMessage } from '../../src/modules/development/message.ts'
import { saveMessage, keptMessages } from '../../src/modules/development/store.ts'
import { linked } from '../../src/modules/development/outbox.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'

let portal: QuietPortal
beforeAll(async () => {
  portal = await quietPortal()
})
afterAll(() => portal.close())

test('web addresses in a text can be followed, and nothing else', () => {
  expect(linked('Ga naar https://firm.example/a?b=c. Of niet.')).toEqual([
    { text: 'Ga naar ', href: null },
    { text: 'https://firm.example/a?b=c', href: 'https://firm.example/a?b=c' },
    { text: '. Of niet.', href: null },
  ])
  expect(linked('javascript:alert(1) <a href="x">').every(({ href }) => href === null)).toBe(true)
  expect(linked('http://a.example/"onclick')[0]?.href).toBe('http://a.example/')
})

const message = (text: string, at: string): KeptMessage => ({
  id: crypto.randomUUID(),
  tenant: 'firm',
  kind: 'sms',
  to: '+31600000001',
  subject: '',
  text,
  html: '',
  at: new Date(at),
})

test('the message that came last is first, whatever the clock said, and each is there once however often it is sent', async () => {
  const { orm } = portal.services
  const [early, same, later] = [
    message('early', '2026-11-20T10:00:00Z'),
    message('same', '2026-11-20T10:00:00Z'),
    message('later', '2026-11-20T10:01:00Z'),
  ] as const
  for (const each of [early, later, same, early]) await saveMessage(orm, each)
  expect((await keptMessages(orm, 10)).map(({ text }) => text)).toEqual(['same', 'later', 'early'])
  expect((await keptMessages(orm, 1))[0]).toEqual(same)
})

test('a message is kept by the installation also from within the transaction of a firm', async () => {
  const slug = portal.tenants[0]?.slug ?? ''
  const inside = message('inside', '2026-11-20T10:02:00Z')
  await portal.context(slug).transaction(() => saveMessage(portal.services.orm, inside))
  expect((await keptMessages(portal.services.orm, 1))[0]?.id).toBe(inside.id)
})
