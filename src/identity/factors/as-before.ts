import type { Context } from '../../tenancy/context.ts'

/** Where a kind of factor is kept, when a row of it came, and what is set when it goes. */
interface Kept {
  table: string
  came: string
  went: string
  unused?: string
}

const kinds: Kept[] = [
  { table: 'passkey', came: 'created_at', went: 'removed_at' },
  { table: 'authenticator', came: 'confirmed_at', went: 'removed_at' },
  { table: 'approver', came: 'created_at', went: 'removed_at' },
  { table: 'phone', came: 'confirmed_at', went: 'removed_at' },
  // A code that was used is used, whoever did it.
  { table: 'backup_code', came: 'created_at', went: 'replaced_at', unused: 'used_at is null' },
]

/** What was taken away and what came back, by table; for the log. */
export interface Undone {
  away: string[]
  back: string[]
}

/**
 * Whether somebody has a second step now and had none just before the moment. A mailbox alone must not take it away:
 * who reads the mail of somebody who protected their account last week would be in. Then it stays, and whoever cannot
 * give it goes by two people of the firm.
 */
async function hadNone(context: Context, accountId: string, moment: Date): Promise<boolean> {
  const some = (when: string) =>
    kinds
      .filter(({ table }) => table !== 'backup_code')
      .map(
        ({ table, came, went }) =>
          `exists (select from ${table} where account_id = a.id and ${when.replaceAll('came', came).replaceAll('went', went)})`,
      )
      .join(' or ')
  const row = await context.one<{ now: boolean; before: boolean }>(
    `select (${some('went is null')}) as now, (${some('came < moment.at and (went is null or went >= moment.at)')}) as before
     from account a, (select ?::timestamptz as at) moment where a.id = ?`,
    [moment, accountId],
  )
  return row !== null && row.now && !row.before
}

/**
 * Puts somebody's factors back to what they were just before a moment, in the caller's transaction: what came in that
 * moment or after it goes, what went in that moment or after it comes back. First the one, then the other: of a phone
 * and a backup code only one lives at a time. An approving device comes back without the way to wake it. Never to nothing.
 */
export async function factorsAsBefore(context: Context, accountId: string, moment: Date): Promise<Undone> {
  const undone: Undone = { away: [], back: [] }
  if (await hadNone(context, accountId, moment)) return undone
  for (const { table, came, went, unused = 'true' } of kinds) {
    const forget = table === 'approver' ? ', push = null' : ''
    const away = await context.query(
      `update ${table} set ${went} = ?${forget} where account_id = ? and ${came} >= ? and ${went} is null and ${unused} returning id`,
      [context.at, accountId, moment],
    )
    const back = await context.query(
      `update ${table} set ${went} = null where account_id = ? and ${came} < ? and ${went} >= ? and ${unused} returning id`,
      [accountId, moment, moment],
    )
    if (away.length) undone.away.push(table)
    if (back.length) undone.back.push(table)
  }
  return undone
}
