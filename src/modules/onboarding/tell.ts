import { tables } from '../../platform/db/tables.ts'
import { wordsFor } from '../../platform/i18n/words.ts'
import { sendMail, signInAddress } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import { activePeople, noteTold } from '../../identity/accounts/index.ts'
import { isAsked, missing, requirementFacts, type Missing } from '../../identity/requirements/index.ts'
import { stricterMail } from './mails.ts'
import { onboardingActions } from './audit-actions.ts'

/** Read as many at a time. */
const page = 500

/** Of others' tables only what they hand out. */
const db = tables()

/** Accounts in use, after this one, in a fixed order. */
const next = (context: Context, after: string) =>
  db(context)
    .selectFrom(activePeople.as('who'))
    .select(['who.id', 'who.name', 'who.email', 'who.language'])
    .select((eb) => requirementFacts(context.services, eb.ref('who.id')).as('requirementFacts'))
    .where('who.id', '>', after)
    .orderBy('who.id')
    .limit(page)
    .execute()
type Row = Awaited<ReturnType<typeof next>>[number]

/** Every account in use, one page after the other. */
async function* everybody(context: Context): AsyncGenerator<Row> {
  for (
    let rows = await next(context, '00000000-0000-0000-0000-000000000000');
    rows.length;
    rows = await next(context, rows.at(-1)!.id)
  )
    yield* rows
}

/** The mail to one person with its log line, unless it went since the day from which this is asked. */
async function tell(context: Context, row: Row, lacked: Missing): Promise<void> {
  const { zone } = context.policy
  const begins = new Date(lacked.from.toZonedDateTime(zone).epochMilliseconds)
  await context.transaction(async (inner) => {
    if (!(await noteTold(inner, row.id, begins))) return
    await sendMail(inner, row, {
      kind: stricterMail,
      link: signInAddress(row.language),
      params: { name: row.name, until: wordsFor(row.language, zone).date(lacked.until) },
    })
    await record(inner, onboardingActions.told, { subject: row.id, actor: row.id })
  })
}

/**
 * Tells everybody by mail who lacks what the firm asks by now, once for each time it becomes stricter; where the firm
 * chose to be that helpful. The mail leads to signing in: what is missing is asked there, never by a mailed link.
 */
export async function tellStricter(context: Context): Promise<Date | null> {
  if (!context.policy.existing.mail) return null
  for await (const row of everybody(context)) {
    const lacked = row.requirementFacts && missing(context.services, context.tenant, row.requirementFacts)
    if (lacked && isAsked(lacked, context.today)) await tell(context, row, lacked)
  }
  // What is asked begins with a day of the firm's, and somebody may lose what they had: looked at once a day.
  return new Date(context.today.add({ days: 1 }).toZonedDateTime(context.policy.zone).epochMilliseconds)
}
