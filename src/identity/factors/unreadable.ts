import { sendNotice } from '../notices/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { record } from '../audit/index.ts'
import type { Factor, Owner } from './factor.ts'
import { factorsOf } from './installed.ts'
import { factorActions } from './audit-actions.ts'

interface Lost {
  factor: Factor
  id: string
}

/** The rows of a factor whose sealed part does not open. */
async function lostOf(context: Context, factor: Factor, accountId: string): Promise<Lost[]> {
  const { sealed, enrolments } = factor
  if (!sealed || !enrolments) return []
  const rows = await sealed.rows(context, accountId)
  return rows
    .filter(({ id, sealed: text }) => context.unseal(enrolments.table, sealed.column, id, text) === null)
    .map(({ id }) => ({ factor, id }))
}

/**
 * Takes away the factors of somebody whose sealed part does not open: altered in the database, or moved there from
 * another row. They count as never set up, so what the firm asks is set up anew; the log and their owner are told.
 * Called where what somebody has decides what is asked, by a page that only shows too: it mends, and does so once.
 * @returns whether there were any
 */
export async function dropUnreadable(context: Context, owner: Owner): Promise<boolean> {
  const lost = (await Promise.all(factorsOf(context).all.map((factor) => lostOf(context, factor, owner.id)))).flat()
  if (!lost.length) return false
  await context.transaction(async (inner) => {
    for (const { factor, id } of lost) {
      await factor.enrolments?.remove(inner, owner.id, id)
      if (factor.sealed) await sendNotice(inner, owner, factor.sealed.notice)
    }
    for (const { factor } of lost)
      await record(inner, factorActions.unreadable, {
        actor: null,
        subject: owner.id,
        outcome: 'refused',
        detail: { factor: factor.enrolments?.table ?? factor.name },
      })
  })
  return true
}
