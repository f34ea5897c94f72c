import type { Due, Kind, OutboxRow, Outcome } from './message.ts'

/**
 * How long a message belongs to the process that took it. Short, so that what a killed process had in hand is soon
 * free; who is still sending renews it.
 */
export const LEASE = Temporal.Duration.from({ seconds: 12 })

/** Runs one statement with `?` placeholders and gives its rows. */
export type Execute = (sql: string, params: unknown[]) => Promise<unknown[]>

interface DueRow {
  tenant_id: string
  message_id: string
  kind: Kind
  attempts: number
  handed: boolean
}

/**
 * Takes the message of this kind that is due longest, of whichever firm, for twelve seconds; what expires within the
 * hour goes first. Two processes never get the same one. `execute` looks over all firms: the table of what is due holds
 * nothing of anybody but ids and moments.
 * @returns null when nothing is due
 */
export async function takeDue(
  execute: Execute,
  { kind, now }: { kind: Kind; now: Temporal.Instant },
): Promise<Due | null> {
  const [row] = (await execute(
    `with next as materialized (
       select tenant_id, message_id from outbox_due where kind = ? and due_at <= ?::timestamptz
       order by urgent desc, due_at limit 1 for update skip locked)
     update outbox_due as due set due_at = ?::timestamptz, attempts = due.attempts + 1 from next
     where due.tenant_id = next.tenant_id and due.message_id = next.message_id
     returning due.tenant_id, due.message_id, due.kind, due.attempts, due.handed_at is not null as handed`,
    [kind, now.toString(), now.add(LEASE).toString()],
  )) as DueRow[]
  return row
    ? { tenantId: row.tenant_id, id: row.message_id, kind: row.kind, attempts: row.attempts, handed: row.handed }
    : null
}

/** Keeps the message for another twelve seconds. @returns false when somebody else has it by now */
export async function renewLease(execute: Execute, due: Due, now: Temporal.Instant): Promise<boolean> {
  const rows = await execute(
    'update outbox_due set due_at = ?::timestamptz where tenant_id = ?::uuid and message_id = ?::uuid and attempts = ? returning message_id',
    [now.add(LEASE).toString(), due.tenantId, due.id, due.attempts],
  )
  return rows.length === 1
}

/** The first thing written once the other side has taken the message: from here on nobody sends it again. One statement, one round trip. */
export async function markHanded(execute: Execute, due: Due, now: Temporal.Instant): Promise<void> {
  await execute('update outbox_due set handed_at = ?::timestamptz where tenant_id = ?::uuid and message_id = ?::uuid', [
    now.toString(),
    due.tenantId,
    due.id,
  ])
}

interface StoredRow {
  purpose: string
  recipient: string
  payload: string
  account_id: string | null
  created_ms: number
  not_after_ms: number | null
}

/** What is to be sent, still sealed, in the context of its firm; null when it is settled already. */
export async function readMessage(execute: Execute, due: Due): Promise<OutboxRow | null> {
  const [row] = (await execute(
    `select purpose, recipient, payload, account_id, (extract(epoch from created_at) * 1000)::float8 as created_ms, (extract(epoch from not_after) * 1000)::float8 as not_after_ms
     from outbox_message where tenant_id = ?::uuid and id = ?::uuid and sent_at is null and failed_at is null`,
    [due.tenantId, due.id],
  )) as StoredRow[]
  return row
    ? {
        ...due,
        purpose: row.purpose,
        recipient: row.recipient,
        payload: row.payload,
        accountId: row.account_id,
        createdAt: toInstant(row.created_ms),
        notAfter: row.not_after_ms === null ? null : toInstant(row.not_after_ms),
      }
    : null
}

/**
 * Writes down what became of a message, in the context of its firm. "Sent" always counts; the other outcomes only while
 * it is still ours, which the number of attempts tells. The payload goes when nothing more is going to be sent.
 * @returns false when it was no longer ours
 */
export async function settleRow(execute: Execute, row: Due, outcome: Outcome, now: Temporal.Instant): Promise<boolean> {
  const [sql, values] = changes[outcome.state](outcome as never, now.toString())
  const ours = outcome.state === 'sent' ? [row.tenantId, row.id] : [row.tenantId, row.id, row.attempts]
  const before = outcome.state === 'retry' ? [outcome.at.toString()] : []
  return (await execute(sql, [...before, ...ours, ...values, row.tenantId, row.id])).length === 1
}

type Change<State> = (outcome: Extract<Outcome, { state: State }>, now: string) => [sql: string, values: string[]]
const same = 'message.tenant_id = ?::uuid and message.id = ?::uuid'
const still = 'tenant_id = ?::uuid and message_id = ?::uuid and attempts = ? and handed_at is null returning message_id'

const changes: { [State in Outcome['state']]: Change<State> } = {
  sent: (_outcome, now) => [
    `with done as (delete from outbox_due where tenant_id = ?::uuid and message_id = ?::uuid)
    update outbox_message as message set sent_at = ?::timestamptz, failed_at = null, failure = null, payload = '' where ${same} and sent_at is null returning id`,
    [now],
  ],
  failed: ({ reason }, now) => [
    `with ours as (delete from outbox_due where ${still})
    update outbox_message as message set failed_at = ?::timestamptz, failure = ?, payload = '' from ours where ${same} and sent_at is null returning id`,
    [now, reason],
  ],
  retry: ({ reason }) => [
    `with ours as (update outbox_due set due_at = ?::timestamptz where ${still})
    update outbox_message as message set failure = ? from ours where ${same} and sent_at is null returning id`,
    [reason],
  ],
}

/** A message whose firm has settled it, or lost it, is due no more. */
export async function forgetDue(execute: Execute, due: Due): Promise<void> {
  await execute('delete from outbox_due where tenant_id = ?::uuid and message_id = ?::uuid', [due.tenantId, due.id])
}

function toInstant(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(milliseconds))
}
