import type { Kind, OutboxRow, Outcome } from './message.ts'

/** How long a row belongs to the process that took it. */
export const LEASE = Temporal.Duration.from({ seconds: 60 })

/** Runs one statement with `?` placeholders in the context of one tenant, and gives its rows. */
export type Execute = (sql: string, params: unknown[]) => Promise<unknown[]>

interface StoredRow {
  tenant_id: string
  id: string
  kind: Kind
  purpose: string
  recipient: string
  payload: string
  account_id: string | null
  attempts: number
  created_ms: number
  not_after_ms: number | null
}

/**
 * Takes at most `limit` due rows of the tenant whose context `execute` has, oldest first, for 60 seconds.
 * Two processes never get the same row; a row of a process that died comes free when its lease ends.
 */
export async function leaseRows(execute: Execute, { now, limit }: { now: Temporal.Instant; limit: number }): Promise<OutboxRow[]> {
  const rows = await execute(
    `with due as materialized (
       select tenant_id, id from outbox_message
       where sent_at is null and failed_at is null and next_at <= ?::timestamptz
         and (leased_until is null or leased_until <= ?::timestamptz)
       order by next_at limit ?::int for update skip locked)
     update outbox_message as message set leased_until = ?::timestamptz, attempts = message.attempts + 1 from due
     where message.tenant_id = due.tenant_id and message.id = due.id
     returning message.tenant_id, message.id, message.kind, message.purpose, message.recipient, message.payload,
       message.account_id, message.attempts,
       (extract(epoch from message.created_at) * 1000)::float8 as created_ms,
       (extract(epoch from message.not_after) * 1000)::float8 as not_after_ms`,
    [now.toString(), now.toString(), limit, now.add(LEASE).toString()],
  )
  return (rows as StoredRow[]).map(toRow)
}

/**
 * Writes down what became of a leased row. "Sent" always counts; the other outcomes only while the lease is still
 * ours, which the number of attempts tells. The payload goes when nothing more is going to be sent.
 * @returns false when the row was no longer ours
 */
export async function settleRow(execute: Execute, row: OutboxRow, outcome: Outcome, now: Temporal.Instant): Promise<boolean> {
  const at = now.toString()
  const [change, values] = changeFor(outcome, at)
  const ours = outcome.state === 'sent' ? '' : 'and failed_at is null and attempts = ?::int'
  const rows = await execute(
    `update outbox_message set leased_until = null, ${change} where tenant_id = ?::uuid and id = ?::uuid and sent_at is null ${ours} returning id`,
    [...values, row.tenantId, row.id, ...(ours ? [row.attempts] : [])],
  )
  return rows.length === 1
}

function changeFor(outcome: Outcome, now: string): [change: string, values: string[]] {
  if (outcome.state === 'sent') return [`sent_at = ?::timestamptz, failed_at = null, failure = null, payload = ''`, [now]]
  if (outcome.state === 'failed') return [`failed_at = ?::timestamptz, failure = ?, payload = ''`, [now, outcome.reason]]
  return ['next_at = ?::timestamptz, failure = ?', [outcome.at.toString(), outcome.reason]]
}

function toRow(row: StoredRow): OutboxRow {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    kind: row.kind,
    purpose: row.purpose,
    recipient: row.recipient,
    payload: row.payload,
    accountId: row.account_id,
    attempts: Number(row.attempts),
    createdAt: toInstant(row.created_ms),
    notAfter: row.not_after_ms === null ? null : toInstant(row.not_after_ms),
  }
}

function toInstant(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(Number(milliseconds)))
}
