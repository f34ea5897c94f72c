import type { Visit } from '../../tenancy/visit.ts'

/** Wipes secrets that waited too long, forms answered long ago, and runs nobody finished in time. Safe to repeat. */
export async function sweepOnboarding(visit: Visit): Promise<void> {
  const { staged, run } = visit.policy.retention
  await visit.query('delete from staged where at <= ?', [visit.ago(staged)])
  await visit.query('delete from answered_form where at <= ?', [visit.ago(run)])
  await visit.query(
    `update run set ended_at = ? where finished_at is null and ended_at is null and started_at <= ? and account_id in (select id from account where activated_at is null)`,
    [visit.at, visit.ago(run)],
  )
}
