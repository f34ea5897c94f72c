import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { people } from '../accounts/index.ts'
import { AnsweredForm, FlowProgress, Staged } from './entities.ts'

/** What waits too long is wiped, ended or forgotten. */
const db = tables(FlowProgress, AnsweredForm, Staged)

export async function wipeStaged(context: Context, before: Date): Promise<void> {
  await db(context).deleteFrom('staged').where('at', '<=', before).execute()
}

export async function forgetAnswered(context: Context, before: Date): Promise<void> {
  await db(context).deleteFrom('answered_form').where('at', '<=', before).execute()
}

/** Forgets how far somebody got on mailed links they began this long ago. */
export async function forgetOnLinks(context: Context, before: Date): Promise<void> {
  await db(context).deleteFrom('run').where('link_id', 'is not', null).where('started_at', '<=', before).execute()
}

/** Ends the flows of who never activated their account and began this long ago. */
export async function endOldProgress(context: Context, before: Date): Promise<void> {
  await db(context)
    .updateTable('run')
    .set({ ended_at: context.at })
    .where('finished_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('started_at', '<=', before)
    .where('link_id', 'is', null)
    .where(
      'account_id',
      'in',
      db(context).selectFrom(people.as('a')).select('a.id').where('a.activated_at', 'is', null),
    )
    .execute()
}

/**
 * The oldest of what waits to be wiped or ended.
 * @param after what began before is of an account in use, and is left as it is
 */
export async function firstWaiting(
  context: Context,
  after: Date,
): Promise<Record<'staged' | 'answered' | 'begun' | 'onLink', Date | null | undefined>> {
  const at = db(context)
  const [secret, form, progress, link] = await Promise.all([
    at
      .selectFrom('staged')
      .select((eb) => eb.fn.min<Date | null>('at').as('at'))
      .executeTakeFirst(),
    at
      .selectFrom('answered_form')
      .select((eb) => eb.fn.min<Date | null>('at').as('at'))
      .executeTakeFirst(),
    at
      .selectFrom('run')
      .select((eb) => eb.fn.min<Date | null>('started_at').as('at'))
      .where('finished_at', 'is', null)
      .where('ended_at', 'is', null)
      .where('started_at', '>', after)
      .where('link_id', 'is', null)
      .executeTakeFirst(),
    at
      .selectFrom('run')
      .select((eb) => eb.fn.min<Date | null>('started_at').as('at'))
      .where('link_id', 'is not', null)
      .executeTakeFirst(),
  ])
  return { staged: secret?.at, answered: form?.at, begun: progress?.at, onLink: link?.at }
}
