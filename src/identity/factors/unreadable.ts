import type { NoticeName } from '../notices/index.ts'
import { sendNotice } from '../notices/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { audit } from '../audit/index.ts'
import type { Owner } from './factor.ts'

/** The factors that keep something sealed, and what their owner is told when one goes. */
const kinds: { table: string; column: string; notice: NoticeName }[] = [
  { table: 'authenticator', column: 'secret', notice: 'appRemoved' },
  { table: 'phone', column: 'number', notice: 'phoneRemoved' },
]

/**
 * Takes away the factors of somebody whose sealed part does not open: altered in the database, or moved there from
 * another row. They count as never set up, so what the firm asks is set up anew; the log and their owner are told.
 * Called where what somebody has decides what is asked, by a page that only shows too: it mends, and does so once.
 * @returns whether there were any
 */
export async function dropUnreadable(context: Context, owner: Owner): Promise<boolean> {
  const rows = await context.query<{ kind: string; id: string; sealed: string }>(
    kinds
      .map(
        ({ table, column }) =>
          `select '${table}' as kind, id, ${column} as sealed from ${table} where account_id = ? and removed_at is null`,
      )
      .join(' union all '),
    kinds.map(() => owner.id),
  )
  const lost = rows.flatMap(({ kind, id, sealed }) =>
    kinds
      .filter(({ table, column }) => table === kind && context.unseal(table, column, id, sealed) === null)
      .map((each) => ({ ...each, id })),
  )
  if (!lost.length) return false
  await context.transaction(async (inner) => {
    for (const { table, notice, id } of lost) {
      await inner.query(`update ${table} set removed_at = ? where id = ? and removed_at is null`, [inner.at, id])
      await audit(inner, 'factor.unreadable', {
        actor: null,
        subject: owner.id,
        outcome: 'refused',
        detail: { factor: table },
      })
      await sendNotice(inner, owner, notice)
    }
  })
  return true
}
