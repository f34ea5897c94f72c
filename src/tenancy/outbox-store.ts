import { sql, type AliasableExpression, type ExpressionBuilder, type Insertable } from 'kysely'
import { toDate } from '../platform/clock.ts'
import { keptStatement, type Slots } from '../platform/db/kept.ts'
import { tables, type Bound, type TablesOf } from '../platform/db/tables.ts'
import type { Due, Kind, OutboxRow, Outcome } from '../platform/outbox/message.ts'
import { OutboxDue, OutboxMessage } from './outbox-message.ts'

const db = tables(OutboxMessage, OutboxDue)
type Database = TablesOf<typeof db>

/**
 * How long a message belongs to the process that took it. Short, so that what a killed process had in hand is soon
 * free; who is still sending renews it.
 */
export const LEASE = Temporal.Duration.from({ seconds: 12 })

const thisDue =
  ({ tenantId, id }: Due) =>
  (eb: ExpressionBuilder<Database, 'outbox_due'>) =>
    eb.and({ tenant_id: tenantId, message_id: id })
const unsent =
  ({ tenantId, id }: Due) =>
  (eb: ExpressionBuilder<Database, 'outbox_message'>) =>
    eb.and([
      eb('outbox_message.tenant_id', '=', tenantId),
      eb('outbox_message.id', '=', id),
      eb('outbox_message.sent_at', 'is', null),
    ])
/** Still ours, which the number of attempts tells, and not handed over. */
const stillOurs = (due: Due) => (eb: ExpressionBuilder<Database, 'outbox_due'>) =>
  eb.and([thisDue(due)(eb), eb('attempts', '=', due.attempts), eb('handed_at', 'is', null)])

/** Writes a message and that it is due, in one statement; in the transaction of the act it belongs to. */
export async function insertMessage(at: Bound, message: Insertable<Database['outbox_message']>, urgent: boolean) {
  const { tenant_id, id, kind, created_at } = message
  await db(at)
    .with('message', (within) => within.insertInto('outbox_message').values(message))
    .insertInto('outbox_due')
    .values({ tenant_id, message_id: id, kind, urgent, created_at, due_at: created_at })
    .execute()
}

/**
 * Takes the message of this kind that is due longest, of whichever firm, for twelve seconds; what expires within the
 * hour goes first. Two processes never get the same one. Asked by who is at no firm: the table of what is due holds
 * nothing of anybody but ids and moments.
 * @returns null when nothing is due
 */
export async function takeDue(at: Bound, { kind, now }: { kind: Kind; now: Temporal.Instant }): Promise<Due | null> {
  const values = { kind, now: toDate(now), until: toDate(now.add(LEASE)) }
  const [row] = await nextDue(at, { of: OutboxDue, values, build: (slots) => taking(at, slots) })
  return row ? { ...row, handed: Boolean(row.handed) } : null
}

interface Taking {
  kind: Kind
  now: Date
  until: Date
}
// Looked for after every message, and every few seconds: built once.
const nextDue = keptStatement<Taking>('kind', 'now', 'until')

const taking = (at: Bound, { kind, now, until }: Slots<Taking>) =>
  db(at)
    .with(
      (name) => name('next').materialized(),
      (within) =>
        within
          .selectFrom('outbox_due')
          .select(['tenant_id', 'message_id'])
          .where('kind', '=', kind)
          .where('due_at', '<=', now)
          .orderBy('urgent', 'desc')
          .orderBy('due_at')
          .limit(sql.lit(1))
          .forUpdate()
          .skipLocked(),
    )
    .updateTable('outbox_due as due')
    .from('next')
    .set((eb) => ({ due_at: until, attempts: eb('due.attempts', '+', eb.lit(1)) }))
    .whereRef('due.tenant_id', '=', 'next.tenant_id')
    .whereRef('due.message_id', '=', 'next.message_id')
    .returning((eb) => [
      'due.tenant_id as tenantId',
      'due.message_id as id',
      'due.kind',
      'due.attempts',
      eb('due.handed_at', 'is not', null).as('handed'),
    ])

/** Keeps the message for another twelve seconds. @returns false when somebody else has it by now */
export async function renewLease(at: Bound, due: Due, now: Temporal.Instant): Promise<boolean> {
  const row = await db(at)
    .updateTable('outbox_due')
    .set({ due_at: toDate(now.add(LEASE)) })
    .where(thisDue(due))
    .where('attempts', '=', due.attempts)
    .returning('message_id')
    .executeTakeFirst()
  return row !== undefined
}

/** The first thing written once the other side has taken the message: from here on nobody sends it again. One statement, one round trip. */
export async function markHanded(at: Bound, due: Due, now: Temporal.Instant): Promise<void> {
  await db(at)
    .updateTable('outbox_due')
    .set({ handed_at: toDate(now) })
    .where(thisDue(due))
    .execute()
}

/** What is to be sent, still sealed, in the context of its firm; null when it is settled already. */
export async function readMessage(at: Bound, due: Due): Promise<OutboxRow | null> {
  const row = await db(at)
    .selectFrom('outbox_message')
    .select(['purpose', 'recipient', 'payload', 'account_id as accountId', 'created_at', 'not_after'])
    .where(unsent(due))
    .where('failed_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const { created_at, not_after, ...said } = row
  return { ...due, ...said, createdAt: toInstant(created_at), notAfter: not_after && toInstant(not_after) }
}

/**
 * Writes down what became of a message, in the context of its firm. "Sent" always counts; the other outcomes only while
 * it is still ours. The payload goes when nothing more is going to be sent.
 * @returns false when it was no longer ours
 */
export async function recordOutcome(at: Bound, row: Due, outcome: Outcome, now: Temporal.Instant): Promise<boolean> {
  const changedRow = await changed(at, row, outcome, toDate(now)).executeTakeFirst()
  return changedRow !== undefined
}

function changed(at: Bound, row: Due, outcome: Outcome, now: Date) {
  switch (outcome.state) {
    case 'sent':
      return db(at)
        .with('done', (within) => within.deleteFrom('outbox_due').where(thisDue(row)))
        .updateTable('outbox_message')
        .set({ sent_at: now, failed_at: null, failure: null, payload: '' })
        .where(unsent(row))
        .returning('outbox_message.id')
    case 'failed':
      return db(at)
        .with('ours', (within) => within.deleteFrom('outbox_due').where(stillOurs(row)).returning('message_id'))
        .updateTable('outbox_message')
        .from('ours')
        .set({ failed_at: now, failure: outcome.reason, payload: '' })
        .where(unsent(row))
        .returning('outbox_message.id')
    case 'retry':
      return db(at)
        .with('ours', (within) =>
          within
            .updateTable('outbox_due')
            .set({ due_at: toDate(outcome.at) })
            .where(stillOurs(row))
            .returning('message_id'),
        )
        .updateTable('outbox_message')
        .from('ours')
        .set({ failure: outcome.reason })
        .where(unsent(row))
        .returning('outbox_message.id')
  }
}

/** Whether this mail went out at the firm at hand. */
export async function wasSent(at: Bound, id: string): Promise<boolean> {
  const row = await db(at)
    .selectFrom('outbox_message')
    .select('id')
    .where('id', '=', id)
    .where('sent_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/** A message whose firm has settled it, or lost it, is due no more. */
export async function forgetDue(at: Bound, due: Due): Promise<void> {
  await db(at).deleteFrom('outbox_due').where(thisDue(due)).execute()
}

/** How many messages of each kind wait, over all firms; asked by who is at no firm. */
export const countDue = (at: Bound) =>
  db(at)
    .selectFrom('outbox_due')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('n')])
    .groupBy('kind')
    .execute()

/** Since when the oldest of them waits; null when none does. */
export async function oldestDue(at: Bound): Promise<Date | null> {
  const row = await db(at)
    .selectFrom('outbox_due')
    .select((eb) => eb.fn.min('created_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}

/** A mail of this firm that went out: whose account it was about, and the mark of its address. */
export const findSentMail = (at: Bound, id: string) =>
  db(at)
    .selectFrom('outbox_message')
    .select(['account_id as accountId', 'recipient'])
    .where('id', '=', id)
    .where('kind', '=', 'mail')
    .where('sent_at', 'is not', null)
    .executeTakeFirst()

/** How many messages of this kind did not arrive since a moment: a piece for any statement. */
export const countFailed = (kind: Kind, since: Date): AliasableExpression<number> =>
  db.fragment
    .selectFrom('outbox_message')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('outbox_message.kind', '=', kind)
    .where('outbox_message.failed_at', '>', since)
    .$asScalar()

const toInstant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())

/**
 * Mail that did not arrive, for each account: when the last of it was written and when it failed. A source for others'
 * statements.
 */
export const failedMail = db.fragment
  .selectFrom('outbox_message')
  .select((eb) => [
    'outbox_message.account_id',
    eb.fn.max('outbox_message.created_at').as('made_at'),
    eb.fn.max('outbox_message.failed_at').as('at'),
  ])
  .where('outbox_message.kind', '=', sql.lit('mail' as const))
  .where('outbox_message.failed_at', 'is not', null)
  .groupBy('outbox_message.account_id')
