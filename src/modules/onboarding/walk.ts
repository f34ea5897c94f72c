import { choicesFor } from '../../tenancy/own-people.ts'
import type { FactorName, Policy, WalkedTrack } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { Account } from '../../identity/accounts/index.ts'
import { factorFactsSelect, type FactorFacts } from '../../identity/factors/index.ts'
import type { Facts } from './position.ts'
import { Run } from './run.ts'
import type { Walk } from './step.ts'
import type { Debt } from '../../identity/sessions/index.ts'
import { askedNow } from './asked.ts'
import { stricterTrack } from './stricter.ts'

interface FactsRow {
  has_password: boolean
  has_question: boolean
  factors: FactorFacts
  marks: { step: string; outcome: 'done' | 'skipped'; value: string | null; at: string }[] | null
}

async function factsOf(context: Context, accountId: string, runId: string): Promise<Facts> {
  const row = await context.one<FactsRow>(
    `select a.password_hash is not null as has_password,
            exists (select from secret_question where account_id = a.id) as has_question,
            ${factorFactsSelect} as factors,
            (select json_agg(json_build_object('step', step, 'outcome', outcome, 'value', value, 'at', at)) from step_mark where run_id = ?) as marks
     from account a where a.id = ?`,
    [runId, accountId],
  )
  if (!row) throw new Error('a run without its account')
  const ownSession = context.person?.id === accountId ? context.session : null
  return {
    hasPassword: row.has_password,
    hasQuestion: row.has_question,
    factors: row.factors,
    marks: Object.fromEntries(
      (row.marks ?? []).map(({ step, outcome, value, at }) => [step, { outcome, value, at: new Date(at) }]),
    ),
    via: ownSession?.via ?? null,
    since: ownSession?.startedAt ?? null,
  }
}

/** The policy a run goes by: the version it started on, as it holds for whose run it is. */
export function policyOf(context: Context, run: Pick<Run, 'policyVersion'>, ownPeople: boolean): Policy {
  return choicesFor(context.tenant.versions.get(run.policyVersion) ?? context.policy, ownPeople)
}

const isOwn = ({ kind }: Account): boolean => kind !== 'client'

/**
 * Somebody's walk on a track: the open run, else the newest. With `lock`, inside a transaction, forms sent at the same
 * moment wait for each other, and each sees what the one before did.
 */
export async function walkOf(
  context: Context,
  accountId: string,
  track: WalkedTrack,
  { lock = false } = {},
): Promise<Walk | null> {
  const found = await context.one<{ id: string }>(
    `select id from run where account_id = ? and track = ? order by (finished_at is null and ended_at is null) desc, started_at desc limit 1${lock ? ' for update' : ''}`,
    [accountId, track],
  )
  if (!found) return null
  const run = await context.em.findOneOrFail(Run, { id: found.id }, { refresh: true })
  const account = await context.em.findOneOrFail(Account, { id: accountId }, { refresh: true })
  return refreshed({ context, account, run, ...planOf(context, run, account), facts: null as never })
}

/**
 * Begins a run on today's policy where none is open; of two at the same moment one begins it. In the caller's transaction.
 * @param asked what is missing, for a walk because the rules became stricter; one that is open goes on with what is missing now
 */
export async function openRun(context: Context, accountId: string, track: WalkedTrack, asked?: Debt[]): Promise<Walk> {
  await context.query('select from account where id = ? for update', [accountId])
  await context.query(
    `insert into run (tenant_id, id, account_id, track, policy_version, asked, started_at) values (?, gen_random_uuid(), ?, ?, ?, ?, ?)
     on conflict (tenant_id, account_id, track) where finished_at is null and ended_at is null do ${asked ? 'update set policy_version = excluded.policy_version, asked = excluded.asked' : 'nothing'}`,
    [context.tenant.id, accountId, track, context.tenant.version, asked?.join(' ') ?? null, context.at],
  )
  const walk = await walkOf(context, accountId, track, { lock: true })
  if (!walk) throw new Error('a run that was just begun is not there')
  return walk
}

/** The policy and the steps of a run: those it began with, or, because of stricter rules, today's. */
function planOf(context: Context, run: Run, account: Account): Pick<Walk, 'policy' | 'track'> {
  const today = choicesFor(context.policy, isOwn(account))
  if (run.track === 'stricter')
    return { policy: today, track: stricterTrack(today, (run.asked ?? '').split(' ') as Debt[]) }
  const policy = policyOf(context, run, isOwn(account))
  return { policy, track: policy.onboarding[run.track] }
}

/** The facts as today's rules see them: a password that is not good enough is none, and a factor the firm offers no more is none. */
async function byTodaysRules({ context, account, run, policy }: Walk, facts: Facts): Promise<Facts> {
  const missing = await askedNow(context, account.id)
  const offered = (name: FactorName) => policy.secondFactor.of.some((each) => each === name)
  const { passkey, authenticator, approval, phone } = facts.factors
  return {
    ...facts,
    hasPassword: facts.hasPassword && !missing?.debts.includes('password'),
    factors: !run.asked?.includes('secondFactor')
      ? facts.factors
      : {
          ...facts.factors,
          passkey: passkey && offered('passkey'),
          authenticator: authenticator && offered('authenticator'),
          approval: approval && offered('approval'),
          phone: phone && offered('sms'),
        },
  }
}

/** The walk as it stands now, after something was done. */
export async function refreshed(walk: Walk): Promise<Walk> {
  const facts = await factsOf(walk.context, walk.account.id, walk.run.id)
  return { ...walk, facts: walk.run.track === 'stricter' ? await byTodaysRules(walk, facts) : facts }
}

/** The walk somebody would begin with a link they have not answered yet: looked at, nothing written. */
export async function previewOf(context: Context, accountId: string): Promise<Walk> {
  const begun = await walkOf(context, accountId, 'activation')
  if (begun) return begun
  const account = await context.em.findOneOrFail(Account, { id: accountId })
  const nowhere = '00000000-0000-0000-0000-000000000000'
  const run = {
    id: nowhere,
    accountId,
    track: 'activation',
    policyVersion: context.tenant.version,
    asked: null,
    startedAt: context.at,
    finishedAt: null,
    endedAt: null,
  } as unknown as Run
  const policy = choicesFor(context.policy, isOwn(account))
  return {
    context,
    account,
    run,
    policy,
    track: policy.onboarding.activation,
    facts: await factsOf(context, accountId, nowhere),
  }
}
