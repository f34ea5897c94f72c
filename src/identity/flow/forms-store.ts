import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { AnsweredForm, Staged } from './entities.ts'

/** Every statement on answered forms and staged values, but for what the sweep wipes. */
const db = tables(AnsweredForm, Staged)

/** Notes that a form was answered. */
export async function putAnswered(context: Context, nonce: string, accountId: string): Promise<void> {
  await db(context)
    .insertInto('answered_form')
    .values({ tenant_id: context.tenant.id, nonce, account_id: accountId, at: context.at })
    .onConflict((on) => on.doNothing())
    .execute()
}

export async function findAnswered(context: Context, nonce: string, accountId: string, since: Date): Promise<boolean> {
  const found = await db(context)
    .selectFrom('answered_form')
    .select('nonce')
    .where('nonce', '=', nonce)
    .where('account_id', '=', accountId)
    .where('at', '>=', since)
    .executeTakeFirst()
  return found !== undefined
}

export async function putStaged(context: Context, progressId: string, name: string, sealed: string): Promise<void> {
  const said = { sealed, at: context.at }
  await db(context)
    .insertInto('staged')
    .values({ tenant_id: context.tenant.id, run_id: progressId, name, ...said })
    .onConflict((on) => on.columns(['tenant_id', 'run_id', 'name']).doUpdateSet(said))
    .execute()
}

export async function findStaged(
  context: Context,
  progressId: string,
  name: string,
  since: Date,
): Promise<string | null> {
  const found = await db(context)
    .selectFrom('staged')
    .select('sealed')
    .where('run_id', '=', progressId)
    .where('name', '=', name)
    .where('at', '>', since)
    .executeTakeFirst()
  return found?.sealed ?? null
}

export async function dropStaged(context: Context, progressId: string): Promise<void> {
  await db(context).deleteFrom('staged').where('run_id', '=', progressId).execute()
}
