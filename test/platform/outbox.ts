import pg from 'pg'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { heldClock } from '../../src/platform/clock.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { createDelivery, type Delivery, type DeliveryParts } from '../../src/platform/outbox/delivery.ts'
import type { Kind, Leased, Message, Transport } from '../../src/platform/outbox/message.ts'
import { OutboxDue, OutboxMessage } from '../../src/tenancy/outbox-message.ts'
import { markHanded, readMessage, renewLease, recordOutcome, takeDue } from '../../src/tenancy/outbox-store.ts'
import { freshEm, openDatabase } from '../../src/platform/db/database.ts'
import type { Bound } from '../../src/platform/db/tables.ts'
import { freshDatabase } from '../support/database.ts'

/**
 * The two tables of the outbox with what reads and writes them, for tests of the machine alone: the firm's context is a
 * transaction, what is sent is kept here.
 */
export const TENANT = randomUUID()
export const START = '2026-11-20T10:00:00Z'
const log = createLog({ level: 'silent' })
let database: Awaited<ReturnType<typeof freshDatabase>>
export let pool: pg.Pool
let orm: Awaited<ReturnType<typeof openDatabase>>
export let clock = heldClock(START)
export const sent: Message[] = []
let mood: Error | null = null

beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.url })
  await pool.query(`
    create table outbox_message (tenant_id uuid, id uuid, kind text not null, purpose text not null, recipient text not null,
      payload text not null, created_at timestamptz not null, not_after timestamptz, sent_at timestamptz, failed_at timestamptz,
      failure text, account_id uuid, primary key (tenant_id, id));
    create table outbox_due (tenant_id uuid, message_id uuid, kind text not null, urgent boolean not null, due_at timestamptz not null,
      attempts int not null default 0, handed_at timestamptz, primary key (tenant_id, message_id));
    alter table outbox_message enable row level security;
    alter table outbox_message force row level security;
    create policy tenant on outbox_message using (tenant_id = current_setting('app.tenant')::uuid);
    do $$ begin create role outbox_test nologin; exception when duplicate_object then null; end $$;
    grant select, insert, update, delete on outbox_message, outbox_due to outbox_test`)
  orm = await openDatabase(database.url, [OutboxMessage, OutboxDue], log)
})
beforeEach(async () => {
  await pool.query('delete from outbox_message; delete from outbox_due')
  clock = heldClock(START)
  sent.length = 0
  mood = null
})

/** From now on every mail fails like this; null: none does. */
export const fails = (as: Error | null) => {
  mood = as
}
afterAll(async () => {
  await orm.close()
  await pool.end()
  await database.drop()
})

/** As tenancy does it: a transaction with the tenant's context and a role that the wall holds for. */
export const inTenant = <T>(work: (at: Bound) => Promise<T>, tenant = TENANT): Promise<T> =>
  freshEm(orm, { variables: { 'app.tenant': tenant }, role: 'outbox_test' }).transactional((em) => work({ em }))

const transport: Transport = {
  async send(message) {
    if (mood) throw mood
    sent.push(message)
  },
}

/** As the worker does it, which is at no firm. */
export const overAll = (): Bound => ({ em: freshEm(orm) })

export async function take(kind: Kind): Promise<Leased | null> {
  const due = await takeDue(overAll(), { kind, now: clock.now() })
  const row = due && (await inTenant((at) => readMessage(at, due)))
  return row && { ...row, open: () => JSON.parse(row.payload) }
}

export function delivery(own: Partial<Record<Kind, Transport>> = {}, changes: Partial<DeliveryParts> = {}): Delivery {
  return createDelivery({
    lease: take,
    renew: (row) => renewLease(overAll(), row, clock.now()),
    handed: (row) => markHanded(overAll(), row, clock.now()),
    record: (row, outcome) => inTenant((at) => recordOutcome(at, row, outcome, clock.now())),
    transports: { mail: transport, sms: transport, letter: transport, push: transport, ...own },
    clock,
    log,
    ...changes,
  })
}

export async function write(
  changes: { kind?: Kind; notAfter?: string; payload?: string; urgent?: boolean } = {},
): Promise<string> {
  const id = randomUUID()
  const payload = changes.payload ?? JSON.stringify({ to: 'jan@voorbeeld.nl', subject: 'Hallo', text: 'Beste Jan' })
  const now = clock.now().toString()
  await pool.query(
    `insert into outbox_message (tenant_id, id, kind, purpose, recipient, payload, created_at, not_after) values ($1, $2, $3, 'test', 'sealed', $4, $5, $6)`,
    [TENANT, id, changes.kind ?? 'mail', payload, now, changes.notAfter ?? null],
  )
  await pool.query('insert into outbox_due (tenant_id, message_id, kind, urgent, due_at) values ($1, $2, $3, $4, $5)', [
    TENANT,
    id,
    changes.kind ?? 'mail',
    changes.urgent ?? false,
    now,
  ])
  return id
}

export const stored = async (id: string) =>
  (await pool.query('select * from outbox_message where id = $1', [id])).rows[0]
export const due = async (id: string) =>
  (await pool.query('select * from outbox_due where message_id = $1', [id])).rows[0]
export const forward = (text: string) => clock.forward(Temporal.Duration.from(text))
