import { wordsFor } from '../../platform/words.ts'
import { sendMail, signInAddress } from '../../tenancy/outbox.ts'
import type { Language } from '../../tenancy/policy.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { isAsked, owed, standingSelect, type Standing } from '../sessions/index.ts'

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
const next = (visit: Visit, after: string) =>
  visit.query<Row>(
    `select a.id, a.name, a.email, a.language, a.told_at, ${standingSelect} as standing from account a
   where a.activated_at is not null and a.blocked_at is null and a.id > ? order by a.id limit ${page}`,
    [after],
  )

/**
 * Tells everybody by mail who lacks what the firm asks by now, once for each time it becomes stricter; where the firm
 * chose to be that helpful. The mail leads to signing in: what is missing is asked there, never by a mailed link.
 */
export async function tellStricter(visit: Visit): Promise<void> {
  if (!visit.policy.existing.mail) return
  for (
    let rows = await next(visit, '00000000-0000-0000-0000-000000000000');
    rows.length;
    rows = await next(visit, rows.at(-1)!.id)
  ) {
    for (const row of rows) {
      const missing = owed(visit.tenant, row.standing)
      if (!missing || !isAsked(missing, visit.today)) continue
      const begins = new Date(missing.from.toZonedDateTime(visit.policy.zone).epochMilliseconds)
      await visit.transaction(async (inner) => {
        const first = await inner.one(
          'update account set told_at = ? where id = ? and (told_at is null or told_at < ?) returning id',
          [inner.at, row.id, begins],
        )
        if (!first) return
        await sendMail(inner, row, {
          purpose: 'stricter',
          link: signInAddress(row.language),
          params: { name: row.name, until: wordsFor(row.language, inner.policy.zone).date(missing.until) },
        })
        await audit(inner, 'account.told', { subject: row.id, actor: row.id })
      })
    }
  }
}
