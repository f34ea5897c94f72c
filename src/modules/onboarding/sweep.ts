import type { Context } from '../../tenancy/context.ts'

/** Wipes secrets that waited too long, forms answered long ago, and runs nobody finished in time. Safe to repeat. */
export async function sweepOnboarding(context: Context): Promise<void> {
  const { staged, run } = context.policy.retention
  await context.query('delete from staged where at <= ?', [context.ago(staged)])
  await context.query('delete from answered_form where at <= ?', [context.ago(run)])
  await context.query(
    `update run set ended_at = ? where finished_at is null and ended_at is null and started_at <= ? and account_id in (select id from account where activated_at is null)`,
    [context.at, context.ago(run)],
  )
}
