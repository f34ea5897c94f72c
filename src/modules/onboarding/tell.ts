import { wordsFor } from '../../platform/i18n/words.ts'
import { sendMail, signInAddress } from '../../tenancy/outbox.ts'
import type { Language } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import { noteTold } from '../../identity/accounts/index.ts'
import { isAsked, missing, standingSelect, type Standing } from '../../identity/requirements/index.ts'
import { stricterMail } from './mails.ts'
import { onboardingActions } from './audit-actions.ts'

interface Row {
  id: string
  name: string
  email: string
  language: Language
  told_at: string | null
  standing: Standing
}

/** Read as many at a time. */
const page = 500

/** Accounts in use, after this one, in a fixed order. */
const next = (context: Context, after: string) =>
  context.query<Row>(
    `select a.id, a.name, a.email, a.language, a.told_at, ${standingSelect(context.services)} as standing from account a
   where a.activated_at is not null and a.blocked_at is null and a.id > ? order by a.id limit ${page}`,
    [after],
  )

/**
 * Tells everybody by mail who lacks what the firm asks by now, once for each time it becomes stricter; where the firm
 * chose to be that helpful. The mail leads to signing in: what is missing is asked there, never by a mailed link.
 */
export async function tellStricter(context: Context): Promise<Date | null> {
  if (!context.policy.existing.mail) return null
  for (
    let rows = await next(context, '00000000-0000-0000-0000-000000000000');
    rows.length;
    rows = await next(context, rows.at(-1)!.id)
  ) {
    for (const row of rows) {
      const lacked = missing(context.services, context.tenant, row.standing)
      if (!lacked || !isAsked(lacked, context.today)) continue
      const begins = new Date(lacked.from.toZonedDateTime(context.policy.zone).epochMilliseconds)
      await context.transaction(async (inner) => {
        if (!(await noteTold(inner, row.id, begins))) return
        await sendMail(inner, row, {
          kind: stricterMail,
          link: signInAddress(row.language),
          params: { name: row.name, until: wordsFor(row.language, inner.policy.zone).date(lacked.until) },
        })
        await record(inner, onboardingActions.told, { subject: row.id, actor: row.id })
      })
    }
  }
  // What is asked begins with a day of the firm's, and somebody may lose what they had: looked at once a day.
  return new Date(context.today.add({ days: 1 }).toZonedDateTime(context.policy.zone).epochMilliseconds)
}
