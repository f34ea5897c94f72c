import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Delivery } from '../../src/platform/outbox/delivery.ts'
import { createStoreTransport } from '../../src/platform/outbox/store-transport.ts'
import { Postponed, Undeliverable, type Message, type Transport } from '../../src/platform/outbox/message.ts'
import { LEASE, markHanded, readMessage, renewLease, recordOutcome } from '../../src/tenancy/outbox-store.ts'
import {
  clock,
  delivery,
  due,
  fails,
  forward,
  inTenant,
  overAll,
  pool,
  sent,
  START,
  stored,
  take,
  TENANT,
  write,
} from './outbox.ts'

test('every row goes out once, under its own id, and is wiped', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, () => write()))
  const machine = delivery()
  await machine.sweep()
  await machine.sweep()
  expect(sent.map(({ id }) => id).sort()).toEqual(ids.sort())
  expect(sent[0]).toMatchObject({
    to: 'jan@voorbeeld.nl',
    subject: 'Hallo',
    text: 'Beste Jan',
    kind: 'mail',
    tenantId: TENANT,
  })
  expect(await stored(ids[0] as string)).toMatchObject({ payload: '', failure: null, sent_at: new Date(START) })
  expect(await due(ids[0] as string)).toBeUndefined()
})

test('four processes at once send no row twice', async () => {
  await Promise.all(Array.from({ length: 40 }, () => write()))
  await Promise.all(Array.from({ length: 4 }, () => delivery().sweep()))
  expect(sent).toHaveLength(40)
  expect(new Set(sent.map(({ id }) => id)).size).toBe(40)
})

test('what a process that died had in hand is free within fifteen seconds, and goes out under the same id', async () => {
  const id = await write()
  await take('mail')
  await delivery().sweep()
  expect(sent).toHaveLength(0)
  expect(LEASE.total('seconds')).toBeLessThanOrEqual(12)
  clock.forward(LEASE)
  await delivery().sweep()
  expect(sent.map((message) => message.id)).toEqual([id])
})

test('who is still sending keeps the row', async () => {
  await write()
  const slow = (await take('mail'))!
  forward('PT11S')
  expect(await renewLease(overAll(), slow, clock.now())).toBe(true)
  forward('PT11S')
  expect(await take('mail')).toBeNull()
  forward('PT1S')
  expect(await take('mail')).toMatchObject({ id: slow.id, attempts: 2 })
  expect(await renewLease(overAll(), slow, clock.now())).toBe(false)
})

test('what the other side has taken is not sent again, however the process ended; it is only written down', async () => {
  const id = await write()
  const row = (await take('mail'))!
  await markHanded(overAll(), row, clock.now())
  expect(
    await inTenant((at) => recordOutcome(at, row, { state: 'retry', at: clock.now(), reason: 'slow' }, clock.now())),
  ).toBe(false)
  clock.forward(LEASE)
  await delivery().sweep()
  expect(sent).toHaveLength(0)
  expect(await stored(id)).toMatchObject({
    payload: '',
    failure: null,
    sent_at: new Date(clock.now().epochMilliseconds),
  })
  expect(await due(id)).toBeUndefined()
})

test('a mark that cannot be written is written as soon as it can, before anybody else sends the row', async () => {
  const id = await write()
  let times = 0
  const machine = delivery(
    {},
    {
      async handed(row) {
        if (++times < 3) throw new Error('the database is away')
        await markHanded(overAll(), row, clock.now())
      },
    },
  )
  await machine.sweep()
  expect([times, sent.length, (await stored(id)).payload]).toEqual([3, 1, ''])
})

test('one who lost the lease can no longer postpone or fail the row, but "sent" counts', async () => {
  const id = await write()
  const slow = (await take('mail'))!
  clock.forward(LEASE)
  await take('mail')
  const recordNow = (outcome: Parameters<typeof recordOutcome>[2]) =>
    inTenant((at) => recordOutcome(at, slow, outcome, clock.now()))
  expect(await recordNow({ state: 'retry', at: clock.now(), reason: 'slow' })).toBe(false)
  expect(await recordNow({ state: 'failed', reason: 'slow' })).toBe(false)
  expect(await recordNow({ state: 'sent' })).toBe(true)
  expect(await stored(id)).toMatchObject({ payload: '', failure: null })
})

test('what expires soon goes first', async () => {
  const [later, sooner] = [await write(), await write({ urgent: true, notAfter: '2026-11-20T10:10:00Z' })]
  expect([(await take('mail'))?.id, (await take('mail'))?.id]).toEqual([sooner, later])
})

test('a kind that hangs holds up no other', async () => {
  const slow: (() => void)[] = []
  const machine = delivery({ sms: { send: () => new Promise<void>((resolve) => slow.push(resolve)) } })
  await write()
  for (let n = 0; n < 3; n++) await write({ kind: 'sms' })
  const sweeping = machine.sweep()
  await expect.poll(() => [sent.length, slow.length]).toEqual([1, 2])
  await expect
    .poll(async () => {
      slow.splice(0).forEach((done) => done())
      return (await pool.query('select from outbox_due')).rowCount
    })
    .toBe(0)
  await sweeping
})

test('waits double from 10 seconds to an hour, and end after a day', async () => {
  const id = await write()
  fails(new Postponed('SMTP 451'))
  const machine = delivery()
  const waits: number[] = []
  for (let row = await due(id); row; row = await due(id)) {
    const wait = row.due_at.getTime() - clock.now().epochMilliseconds
    waits.push(wait / 1000)
    if (wait > 0) {
      forward(`PT${wait / 1000 - 1}S`)
      await machine.sweep()
      expect((await due(id)).attempts).toBe(row.attempts)
      forward('PT1S')
    }
    await machine.sweep()
  }
  expect(waits.slice(0, 11)).toEqual([0, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600])
  expect(clock.now().since(START).total('hours')).toBeGreaterThan(22)
  expect(clock.now().since(START).total('hours')).toBeLessThanOrEqual(24)
  expect(await stored(id)).toMatchObject({ failure: 'SMTP 451', payload: '', sent_at: null })
  await machine.stop()
})

test('what expires in ten minutes is tried again after seconds, and to its end', async () => {
  const id = await write({ notAfter: '2026-11-20T10:10:00Z', urgent: true })
  fails(new Postponed('SMTP 451'))
  const waits: number[] = []
  for (let row = await due(id); row; row = await due(id)) {
    waits.push((row.due_at.getTime() - clock.now().epochMilliseconds) / 1000)
    clock.forward(Temporal.Duration.from({ milliseconds: waits.at(-1)! * 1000 }))
    await delivery().sweep()
  }
  expect(waits.slice(0, 7)).toEqual([0, 2, 4, 8, 16, 30, 30])
  expect(clock.now().since(START).total('seconds')).toBeGreaterThan(560)
})

test('nothing is sent after its time', async () => {
  const late = await write({ notAfter: '2026-11-20T10:10:00Z' })
  const hopeless = await write({ notAfter: '2026-11-20T10:10:02Z' })
  forward('PT10M1S')
  fails(new Postponed('SMTP 451'))
  await delivery().sweep()
  expect(await stored(late)).toMatchObject({ failure: 'too late', payload: '' })
  expect(await stored(hopeless)).toMatchObject({ failure: 'SMTP 451', payload: '' })
  expect(sent).toHaveLength(0)
})

test('refused for good is not tried again, and an unknown error shows no words of its own', async () => {
  const refused = await write()
  fails(new Undeliverable('SMTP 550'))
  await delivery().sweep()
  expect(await stored(refused)).toMatchObject({ failure: 'SMTP 550', failed_at: new Date(START) })
  expect(await due(refused)).toBeUndefined()
  const odd = await write()
  fails(Object.assign(new Error('for jan@voorbeeld.nl'), { code: 'EODD' }))
  await delivery().sweep()
  expect(await stored(odd)).toMatchObject({ failure: 'EODD', failed_at: null })
})

test('a row that cannot be read fails and keeps nobody waiting', async () => {
  const broken = await write({ payload: 'altered' })
  await write()
  await delivery().sweep()
  expect(sent).toHaveLength(1)
  expect(await stored(broken)).toMatchObject({ failure: 'unreadable' })
})

test('another tenant’s context sees none of it', async () => {
  await write()
  const row = (await take('mail'))!
  expect(await inTenant((at) => readMessage(at, row), randomUUID())).toBeNull()
})

test('many nudges are one run; SMS and letters take their own way', async () => {
  const kept: Message[] = []
  const machine = delivery({ letter: createStoreTransport((message) => void kept.push(message)) })
  for (const kind of ['mail', 'sms', 'letter'] as const) await write({ kind })
  for (let i = 0; i < 50; i++) machine.wakeOutbox(['sms'])
  await expect.poll(() => sent.map(({ kind }) => kind)).toEqual(['sms'])
  expect(kept, 'only what was spoken of is looked for').toEqual([])
  for (let i = 0; i < 50; i++) machine.wakeOutbox(i % 2 ? ['mail'] : ['letter'])
  await expect.poll(() => sent.length + kept.length).toBe(3)
  expect(kept.map(({ kind }) => kind)).toEqual(['letter'])
  await machine.stop()
})

test('a nudge during a run is not lost, and stop waits for what is being sent', async () => {
  const waiting: (() => void)[] = []
  const slow: Transport = {
    async send(message) {
      await new Promise<void>((resolve) => waiting.push(resolve))
      sent.push(message)
    },
  }
  const machine = delivery({ sms: slow })
  await write({ kind: 'sms' })
  machine.wakeOutbox(['sms'])
  await expect.poll(() => waiting.length).toBe(1)
  await write()
  machine.wakeOutbox(['mail'])
  waiting.pop()?.()
  await expect.poll(() => sent.length).toBe(2)
  await write({ kind: 'sms' })
  machine.wakeOutbox(['sms'])
  await expect.poll(() => waiting.length).toBe(1)
  const stopped = machine.stop()
  waiting.pop()?.()
  await stopped
  expect((await pool.query('select 1 from outbox_message where sent_at is null')).rowCount).toBe(0)
})

test('a row written during the very last look goes out as well', async () => {
  let looks = 0
  const machine: Delivery = delivery(
    {},
    {
      async lease(kind) {
        const row = await take(kind)
        if (kind === 'mail' && ++looks === 1) {
          await write()
          void machine.sweep()
        }
        return row
      },
    },
  )
  await machine.sweep()
  expect(sent).toHaveLength(1)
})
