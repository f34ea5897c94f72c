import { sql, type Expression } from 'kysely'
import { jsonObjectFrom } from 'kysely/helpers/postgres'
import { anyOf } from '../../platform/db/lists.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import type { FlowName } from '../../tenancy/policy.ts'
import { Account } from '../accounts/index.ts'
import { factorFactsSelect, type FactorFacts } from '../factors/index.ts'
import { AnsweredForm, FlowProgress, Staged, StepMark } from './entities.ts'
import type { Facts } from './position.ts'
import type { Step } from './step.ts'

/** Every statement on progress in flows, marks, answered forms and staged values; `account` is only read. */
const db = tables(FlowProgress, StepMark, AnsweredForm, Staged, Account)

/** Somebody's progress in a flow: what is open, else the newest. @param lock forms sent at the same moment wait for each other */
export async function findProgress(
  context: Context,
  accountId: string,
  flow: FlowName,
  lock: boolean,
): Promise<FlowProgress | null> {
  const query = db(context)
    .selectFrom('run')
    .select('id')
    .where('account_id', '=', accountId)
    .where('track', '=', flow)
    .orderBy((eb) => eb.and([eb('finished_at', 'is', null), eb('ended_at', 'is', null)]), 'desc')
    .orderBy('started_at', 'desc')
    .limit(1)
  const found = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return found ? context.em.findOneOrFail(FlowProgress, { id: found.id }, { refresh: true }) : null
}

/** Begins where nothing is open. @param asked requirements missing now: what is open goes on with these, on today's choices */
export async function putProgress(
  context: Context,
  accountId: string,
  flow: FlowName,
  asked: string | null,
): Promise<void> {
  await db(context)
    .insertInto('run')
    .values({
      tenant_id: context.tenant.id,
      id: crypto.randomUUID(),
      account_id: accountId,
      track: flow,
      policy_version: context.tenant.version,
      asked,
      started_at: context.at,
    })
    .onConflict((on) => {
      const open = on
        .columns(['tenant_id', 'account_id', 'track'])
        .where('finished_at', 'is', null)
        .where('ended_at', 'is', null)
      return asked === null
        ? open.doNothing()
        : open.doUpdateSet({
            policy_version: (eb) => eb.ref('excluded.policy_version'),
            asked: (eb) => eb.ref('excluded.asked'),
          })
    })
    .execute()
}

/** Finishes it. @returns false when somebody did already */
export async function finishProgress(context: Context, id: string): Promise<boolean> {
  const ended = await db(context)
    .updateTable('run')
    .set({ finished_at: context.at })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

/** Opens what was finished. */
export async function reopenProgress(context: Context, id: string): Promise<void> {
  await db(context).updateTable('run').set({ finished_at: null }).where('id', '=', id).execute()
}

/** Ends the flows of who never activated their account and began this long ago. */
export async function endOldProgress(context: Context, before: Date): Promise<void> {
  await db(context)
    .updateTable('run')
    .set({ ended_at: context.at })
    .where('finished_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('started_at', '<=', before)
    .where('account_id', 'in', db(context).selectFrom('account').select('id').where('activated_at', 'is', null))
    .execute()
}

/** What each kind of step asks of the database, as one expression over the account `a`. */
export const stepFactsSelect = (steps: readonly Pick<Step, 'name' | 'fact'>[]): string =>
  `json_build_object(${steps.flatMap(({ name, fact }) => (fact ? [`'${name}', ${fact}`] : [])).join(', ')})`

/** The facts of an account and of its progress, without those of a session; null for an account nobody has. */
export async function readFacts(
  context: Context,
  accountId: string,
  progressId: string,
  steps: readonly Step[],
): Promise<Pick<Facts, 'hasPassword' | 'factors' | 'has' | 'marks'> | null> {
  const [account, marks] = await Promise.all([
    db(context)
      .selectFrom('account as a')
      .select([
        // The parts of others are texts over the account "a".
        sql<boolean>`a.password_hash is not null`.as('hasPassword'),
        sql<FactorFacts>`${sql.raw(factorFactsSelect)}`.as('factors'),
        sql<Record<string, unknown>>`${sql.raw(stepFactsSelect(steps))}`.as('has'),
      ])
      .where('a.id', '=', accountId)
      .executeTakeFirst(),
    db(context)
      .selectFrom('step_mark')
      .select(['step', 'outcome', 'value', 'at'])
      .where('run_id', '=', progressId)
      .execute(),
  ])
  return account ? { ...account, marks: Object.fromEntries(marks.map(({ step, ...mark }) => [step, mark])) } : null
}

/** Marks that a step was done or skipped; a later mark takes the place of an earlier one. */
export async function putMark(
  context: Context,
  progressId: string,
  step: string,
  outcome: 'done' | 'skipped',
  value: string | null,
): Promise<void> {
  const said = { outcome, value, at: context.at }
  await db(context)
    .insertInto('step_mark')
    .values({ tenant_id: context.tenant.id, run_id: progressId, step, ...said })
    .onConflict((on) => on.columns(['tenant_id', 'run_id', 'step']).doUpdateSet(said))
    .execute()
}

/** Takes marks away: the steps are open again. */
export async function dropMarks(
  context: Context,
  progressId: string,
  steps: string[],
  outcome?: 'skipped',
): Promise<void> {
  const query = db(context)
    .deleteFrom('step_mark')
    .where('run_id', '=', progressId)
    .where((eb) => eb('step', '=', anyOf(steps)))
  await (outcome ? query.where('outcome', '=', outcome) : query).execute()
}

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

export async function forgetAnswered(context: Context, before: Date): Promise<void> {
  await db(context).deleteFrom('answered_form').where('at', '<=', before).execute()
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

export async function wipeStaged(context: Context, before: Date): Promise<void> {
  await db(context).deleteFrom('staged').where('at', '<=', before).execute()
}

/** The oldest of what waits to be wiped or ended. @param after what began before is of an account in use, and is left as it is */
export async function firstWaiting(
  context: Context,
  after: Date,
): Promise<Record<'staged' | 'answered' | 'begun', Date | null | undefined>> {
  const at = db(context)
  const [secret, form, progress] = await Promise.all([
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
      .executeTakeFirst(),
  ])
  return { staged: secret?.at, answered: form?.at, begun: progress?.at }
}

/** A flow somebody has not finished, with the moment they began it (as a text). */
export interface OpenFlow {
  open: FlowName
  openedAt: string
}

/** The flow an account has not finished, the newest of them: a piece for any statement that knows its id. */
export const openFlow = (account: Expression<string>): Expression<OpenFlow | null> =>
  jsonObjectFrom(
    db.fragment
      .selectFrom('run')
      .select((eb) => ['run.track as open', eb.cast<string>('run.started_at', 'text').as('openedAt')])
      .where('run.account_id', '=', account)
      .where('run.finished_at', 'is', null)
      .where('run.ended_at', 'is', null)
      .orderBy('run.started_at', 'desc')
      .limit(1),
  )
