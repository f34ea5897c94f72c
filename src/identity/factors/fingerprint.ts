import { sql, type AliasableExpression, type Expression } from 'kysely'
import { factorsOf, type Installation } from './installed.ts'

/** What a trusted computer is tied to of somebody's factors, null when there is nothing: a fragment for a statement that knows the account's id. */
export function fingerprint(at: Installation, account: Expression<string>): AliasableExpression<string | null> {
  const each = factorsOf(at).all.flatMap(({ endsTrust, enrolments }) =>
    endsTrust && enrolments ? [enrolments.ids(account)] : [],
  )
  // concat_ws leaves out what is null, and without anything is an empty text.
  return sql`nullif(concat_ws('|', ${sql.join(each)}), '')`
}
