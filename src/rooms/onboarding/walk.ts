import type { Policy, Track } from '../../tenancy/policy.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { Account } from '../accounts/index.ts'
import { factorFactsSelect, type FactorFacts } from '../factors/index.ts'
import type { Facts } from './position.ts'
import { Run } from './run.ts'
import type { Walk } from './step.ts'

interface FactsRow {
  has_password: boolean; has_question: boolean; factors: FactorFacts
  marks: { step: string; outcome: 'done' | 'skipped'; value: string | null; at: string }[] | null
}

async function factsOf(visit: Visit, accountId: string, runId: string): Promise<Facts> {
  const row = await visit.one<FactsRow>(
    `select a.password_hash is not null as has_password,
            exists (select from secret_question where account_id = a.id) as has_question,
            ${factorFactsSelect} as factors,
            (select json_agg(json_build_object('step', step, 'outcome', outcome, 'value', value, 'at', at)) from step_mark where run_id = ?) as marks
     from account a where a.id = ?`, [runId, accountId])
  if (!row) throw new Error('a run without its account')
  const ownSession = visit.person?.id === accountId ? visit.session : null
  return {
    hasPassword: row.has_password, hasQuestion: row.has_question, factors: row.factors,
    marks: Object.fromEntries((row.marks ?? []).map(({ step, outcome, value, at }) => [step, { outcome, value, at: new Date(at) }])),
    via: ownSession?.via ?? null, since: ownSession?.startedAt ?? null,
  }
}

/** The policy a run goes by: the version it started on. */
export function policyOf(visit: Visit, run: Pick<Run, 'policyVersion'>): Policy {
  return visit.tenant.versions.get(run.policyVersion) ?? visit.policy
}

/**
 * Somebody's walk on a track: the open run, else the newest. With `lock`, inside a transaction, forms sent at the same
 * moment wait for each other, and each sees what the one before did.
 */
export async function walkOf(visit: Visit, accountId: string, track: Track, { lock = false } = {}): Promise<Walk | null> {
  const found = await visit.one<{ id: string }>(
    `select id from run where account_id = ? and track = ? order by (finished_at is null and ended_at is null) desc, started_at desc limit 1${lock ? ' for update' : ''}`,
    [accountId, track])
  if (!found) return null
  const run = await visit.em.findOneOrFail(Run, { id: found.id } as never, { refresh: true })
  const account = await visit.em.findOneOrFail(Account, { id: accountId } as never, { refresh: true })
  const policy = policyOf(visit, run)
  return { visit, account, run, policy, track: policy.onboarding[track], facts: await factsOf(visit, accountId, run.id) }
}

/** Begins a run on today's policy where none is open; of two at the same moment one begins it. In the caller's transaction. */
export async function openRun(visit: Visit, accountId: string, track: Track): Promise<Walk> {
  await visit.query('select from account where id = ? for update', [accountId])
  await visit.query(
    `insert into run (tenant_id, id, account_id, track, policy_version, started_at) values (?, gen_random_uuid(), ?, ?, ?, ?)
     on conflict (tenant_id, account_id, track) where finished_at is null and ended_at is null do nothing`,
    [visit.tenant.id, accountId, track, visit.tenant.version, visit.at])
  const walk = await walkOf(visit, accountId, track, { lock: true })
  if (!walk) throw new Error('a run that was just begun is not there')
  return walk
}

/** The walk as it stands now, after something was done. */
export async function refreshed(walk: Walk): Promise<Walk> {
  return { ...walk, facts: await factsOf(walk.visit, walk.account.id, walk.run.id) }
}

/** The walk somebody would begin with a link they have not answered yet: looked at, nothing written. */
export async function previewOf(visit: Visit, accountId: string): Promise<Walk> {
  const begun = await walkOf(visit, accountId, 'activation')
  if (begun) return begun
  const account = await visit.em.findOneOrFail(Account, { id: accountId } as never)
  const nowhere = '00000000-0000-0000-0000-000000000000'
  const run = { id: nowhere, accountId, track: 'activation', policyVersion: visit.tenant.version, asked: null, startedAt: visit.at, finishedAt: null, endedAt: null } as unknown as Run
  return { visit, account, run, policy: visit.policy, track: visit.policy.onboarding.activation, facts: await factsOf(visit, accountId, nowhere) }
}
