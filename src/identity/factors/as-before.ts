import type { Context } from '../../tenancy/context.ts'
import type { Undone } from '../../tenancy/notice.ts'
import { tables } from '../../platform/db/tables.ts'
import { idOf } from '../../platform/db/ids.ts'
import { factorsOf } from './installed.ts'

const db = tables()

/**
 * Whether somebody has a second step now and had none just before the moment. A mailbox alone must not take it away:
 * who reads the mail of somebody who protected their account last week would be in. Then it stays, and whoever cannot
 * give it goes by two people of the firm.
 */
async function hadNone(context: Context, accountId: string, moment: Date): Promise<boolean> {
  const own = factorsOf(context).all.flatMap(({ kind, enrolments }) =>
    kind === 'own' && enrolments ? [enrolments] : [],
  )
  const account = idOf(accountId)
  const { now, before } = await db(context)
    .selectNoFrom((eb) => [
      eb.or(own.map((each) => each.existedAt(account, null))).as('now'),
      eb.or(own.map((each) => each.existedAt(account, moment))).as('before'),
    ])
    .executeTakeFirstOrThrow()
  return Boolean(now) && !before
}

/**
 * Puts somebody's factors back to what they were just before a moment, in the caller's transaction: what came in that
 * moment or after it goes, what went in that moment or after it comes back. First the one, then the other: of a phone
 * and a backup code only one lives at a time. An approving device comes back without the way to wake it. Never to nothing.
 */
export async function factorsAsBefore(context: Context, accountId: string, moment: Date): Promise<Undone> {
  const undone: Undone = { away: [], back: [] }
  if (await hadNone(context, accountId, moment)) return undone
  for (const { enrolments } of factorsOf(context).all) {
    if (!enrolments) continue
    const { away, back } = await enrolments.restore(context, accountId, moment)
    if (away) undone.away.push(enrolments.table)
    if (back) undone.back.push(enrolments.table)
  }
  return undone
}

/** Takes every factor of somebody away, in the caller's transaction. */
export async function removeFactors(context: Context, accountId: string): Promise<void> {
  for (const { enrolments } of factorsOf(context).all) await enrolments?.remove(context, accountId)
}

/** Takes away what opens nothing alone; whoever sets a second step up again gets a new one. In the caller's transaction. */
export async function removeBackups(context: Context, accountId: string): Promise<void> {
  for (const { kind, enrolments } of factorsOf(context).all)
    if (kind === 'backup') await enrolments?.remove(context, accountId)
}
