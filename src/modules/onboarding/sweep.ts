import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { earliest, longAfter } from '../../tenancy/work-due.ts'
import { AnsweredForm, Run, Staged } from './run.ts'

const db = tables(AnsweredForm, Run, Staged)

/** Wipes secrets that waited too long, forms answered long ago, and runs nobody finished in time. Safe to repeat. */
export async function sweepOnboarding(context: Context): Promise<Date | null> {
  const { staged, run } = context.policy.retention
  await context.query('delete from staged where at <= ?', [context.ago(staged)])
  await context.query('delete from answered_form where at <= ?', [context.ago(run)])
  await context.query(
    `update run set ended_at = ? where finished_at is null and ended_at is null and started_at <= ? and account_id in (select id from account where activated_at is null)`,
    [context.at, context.ago(run)],
  )
  return nextSweep(context)
}

/** When the first of what is left has waited long enough. */
async function nextSweep(context: Context): Promise<Date | null> {
  const { staged, run } = context.policy.retention
  const at = db(context)
  const [secret, form, walk] = await Promise.all([
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
      // What began before is of an account in use, and is left as it is.
      .where('started_at', '>', context.ago(run))
      .executeTakeFirst(),
  ])
  return earliest(
    longAfter(context, staged, secret?.at),
    longAfter(context, run, form?.at),
    longAfter(context, run, walk?.at),
  )
}
