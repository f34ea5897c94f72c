import pg from 'pg'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { heldClock } from '../../src/platform/clock.ts'
import { createLog } from '../../src/platform/log.ts'
import { createDelivery, type Delivery } from '../../src/platform/outbox/delivery.ts'
import { createKeep } from '../../src/platform/outbox/keep.ts'
import { Postponed, Undeliverable, type Kind, type Leased, type Message, type Transport } from '../../src/platform/outbox/message.ts'
import { leaseRows, settleRow, type Execute } from '../../src/platform/outbox/rows.ts'
import { freshDatabase } from '../setup/database.ts'

const TENANT = randomUUID()
const START = '2026-11-20T10:00:00Z'
const log = createLog({ level: 'silent' })
let database: Awaited<ReturnType<typeof freshDatabase>>
let pool: pg.Pool
let clock = heldClock(START)
const sent: Message[] = []
let mood: Error | null = null

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.url })
  await pool.query(`
    create table outbox_message (tenant_id uuid, id uuid, kind text not null, purpose text not null, recipient text not null,
      payload text not null, created_at timestamptz not null, not_after timestamptz, next_at timestamptz not null,
      leased_until timestamptz, attempts int not null default 0, sent_at timestamptz, failed_at timestamptz, failure text,
      account_id uuid, primary key (tenant_id, id));
    alter table outbox_message enable row level security;
    alter table outbox_message force row level security;
    create policy tenant on outbox_message using (tenant_id = current_setting('app.tenant')::uuid);
    do $$ begin create role outbox_test nologin; exception when duplicate_object then null; end $$;
    grant select, insert, update on outbox_message to outbox_test`)
})
beforeEach(async () => {
  await pool.query('delete from outbox_message')
  clock = heldClock(START)
  sent.length = 0
  mood = null
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** As the tenancy floor does it: a transaction with the tenant's context and a role that the wall holds for. */
async function inTenant<T>(work: (execute: Execute) => Promise<T>, tenant = TENANT): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`begin; set local role outbox_test; set local app.tenant = '${tenant}'`)
    let n = 0
    const result = await work(async (sql, params) => (await client.query(sql.replace(/\?/g, () => `$${++n}`), params)).rows.concat((n = 0, [])))
    await client.query('commit')
    return result
  } finally {
    client.release()
  }
}

const transport: Transport = {
  async send(message) {
    if (mood) throw mood
    sent.push(message)
  },
}

const take = (limit: number): Promise<Leased[]> => inTenant(async execute => (await leaseRows(execute, { now: clock.now(), limit })).map(row => ({ ...row, open: () => JSON.parse(row.payload) })))

function delivery(own: Partial<Record<Kind, Transport>> = {}, lease = take): Delivery {
  return createDelivery({
    lease,
    settle: (row, outcome) => inTenant(execute => settleRow(execute, row, outcome, clock.now())),
    transports: { mail: transport, sms: transport, letter: transport, push: transport, ...own },
    clock,
    log,
  })
}

async function write(changes: { kind?: Kind; notAfter?: string; payload?: string } = {}): Promise<string> {
  const id = randomUUID()
  const payload = changes.payload ?? JSON.stringify({ to: 'jan@voorbeeld.nl', subject: 'Hallo', text: 'Beste Jan' })
  await pool.query(`insert into outbox_message (tenant_id, id, kind, purpose, recipient, payload, created_at, not_after, next_at) values ($1, $2, $3, 'test', 'sealed', $4, $5, $6, $5)`, [TENANT, id, changes.kind ?? 'mail', payload, clock.now().toString(), changes.notAfter ?? null])
  return id
}

const stored = async (id: string) => (await pool.query('select * from outbox_message where id = $1', [id])).rows[0]
const forward = (text: string) => clock.forward(Temporal.Duration.from(text))

test('every row goes out once, under its own id, and is wiped', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, () => write()))
  const machine = delivery()
  await machine.sweep()
  await machine.sweep()
  expect(sent.map(({ id }) => id).sort()).toEqual(ids.sort())
  expect(sent[0]).toMatchObject({ to: 'jan@voorbeeld.nl', subject: 'Hallo', text: 'Beste Jan', kind: 'mail', tenantId: TENANT })
  expect(await stored(ids[0] as string)).toMatchObject({ payload: '', attempts: 1, leased_until: null, failure: null, sent_at: new Date(START) })
})

test('four processes at once send no row twice', async () => {
  await Promise.all(Array.from({ length: 40 }, () => write()))
  await Promise.all(Array.from({ length: 4 }, () => delivery().sweep()))
  expect(sent).toHaveLength(40)
  expect(new Set(sent.map(({ id }) => id)).size).toBe(40)
})

test('a row of a process that died goes out when its lease ends, under the same id', async () => {
  const id = await write()
  await inTenant(execute => leaseRows(execute, { now: clock.now(), limit: 10 }))
  await delivery().sweep()
  expect(sent).toHaveLength(0)
  forward('PT60S')
  await delivery().sweep()
  expect(sent.map(message => message.id)).toEqual([id])
  expect(await stored(id)).toMatchObject({ attempts: 2 })
})

test('one who lost the lease can no longer postpone or fail the row, but "sent" counts', async () => {
  const id = await write()
  const lease = () => inTenant(async execute => (await leaseRows(execute, { now: clock.now(), limit: 1 }))[0]!)
  const slow = await lease()
  forward('PT61S')
  await lease()
  const settle = (outcome: Parameters<typeof settleRow>[2]) => inTenant(execute => settleRow(execute, slow, outcome, clock.now()))
  expect(await settle({ state: 'retry', at: clock.now(), reason: 'slow' })).toBe(false)
  expect(await settle({ state: 'failed', reason: 'slow' })).toBe(false)
  expect(await settle({ state: 'sent' })).toBe(true)
  expect(await stored(id)).toMatchObject({ payload: '', failure: null })
})

test('waits double from 10 seconds to an hour, and end after a day', async () => {
  const id = await write()
  mood = new Postponed('SMTP 451')
  const machine = delivery()
  const waits: number[] = []
  for (let row = await stored(id); !row.failed_at; row = await stored(id)) {
    const due = row.next_at.getTime() - clock.now().epochMilliseconds
    waits.push(due / 1000)
    if (due > 0) {
      forward(`PT${due / 1000 - 1}S`)
      await machine.sweep()
      expect((await stored(id)).attempts).toBe(row.attempts)
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

test('nothing is sent after its time', async () => {
  const late = await write({ notAfter: '2026-11-20T10:10:00Z' })
  const hopeless = await write({ notAfter: '2026-11-20T10:10:05Z' })
  forward('PT10M1S')
  mood = new Postponed('SMTP 451')
  await delivery().sweep()
  expect(await stored(late)).toMatchObject({ failure: 'too late', payload: '' })
  expect(await stored(hopeless)).toMatchObject({ failure: 'SMTP 451', payload: '' })
  expect(sent).toHaveLength(0)
})

test('refused for good is not tried again, and an unknown error shows no words of its own', async () => {
  const refused = await write()
  mood = new Undeliverable('SMTP 550')
  await delivery().sweep()
  expect(await stored(refused)).toMatchObject({ attempts: 1, failure: 'SMTP 550', failed_at: new Date(START) })
  const odd = await write()
  mood = Object.assign(new Error('for jan@voorbeeld.nl'), { code: 'EODD' })
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
  expect(await inTenant(execute => leaseRows(execute, { now: clock.now(), limit: 10 }), randomUUID())).toEqual([])
})

test('many nudges are one run; SMS and letters take their own way', async () => {
  const kept: Message[] = []
  const machine = delivery({ letter: createKeep(message => void kept.push(message)) })
  for (const kind of ['mail', 'sms', 'letter'] as const) await write({ kind })
  for (let i = 0; i < 50; i++) machine.nudge()
  await expect.poll(() => sent.length + kept.length).toBe(3)
  expect(kept.map(({ kind }) => kind)).toEqual(['letter'])
  await machine.stop()
})

test('a nudge during a run is not lost, and stop waits for what is being sent', async () => {
  const waiting: (() => void)[] = []
  const slow: Transport = {
    async send(message) {
      await new Promise<void>(resolve => waiting.push(resolve))
      sent.push(message)
    },
  }
  const machine = delivery({ sms: slow })
  await write({ kind: 'sms' })
  machine.nudge()
  await expect.poll(() => waiting.length).toBe(1)
  await write()
  machine.nudge()
  waiting.pop()?.()
  await expect.poll(() => sent.length).toBe(2)
  await write({ kind: 'sms' })
  machine.nudge()
  await expect.poll(() => waiting.length).toBe(1)
  const stopped = machine.stop()
  waiting.pop()?.()
  await stopped
  expect((await pool.query('select 1 from outbox_message where sent_at is null')).rowCount).toBe(0)
})

test('a row written during the very last look goes out as well', async () => {
  let looks = 0
  const machine: Delivery = delivery({}, async limit => {
    const rows = await take(limit)
    if (++looks === 1) {
      await write()
      void machine.sweep()
    }
    return rows
  })
  await machine.sweep()
  expect(sent).toHaveLength(1)
})
