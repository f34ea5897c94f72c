import { sql, type AliasableExpression, type Expression } from 'kysely'
import { jsonBuildObject, jsonObjectFrom } from 'kysely/helpers/postgres'
import { keptStatement } from '../../platform/db/kept.ts'
import { anyOf } from '../../platform/db/lists.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import type { FlowName } from '../../tenancy/policy.ts'
import { people } from '../accounts/index.ts'
import { factorFacts, factorsOf, hasSecondStep, type Installation } from '../factors/index.ts'
import { FlowProgress, StepMark } from './entities.ts'
import type { Facts } from './position.ts'
import type { Step } from './step.ts'

/** Statements on progress in flows and its marks; those of what is swept away stand in `sweep-store.ts`. */
const db = tables(FlowProgress, StepMark)

/** Progress as a row, by the names of the entity. */
const columns = [
  'tenant_id as tenantId',
  'id',
  'account_id as accountId',
  'track as flow',
  'policy_version as policyVersion',
  'asked',
  'started_at as startedAt',
  'finished_at as finishedAt',
  'ended_at as endedAt',
  'link_id as linkId',
  'browser',
] as const

// The three that every page of a flow asks are built once.
const progressOf = keptStatement<{ id: string; flow: string }>('id', 'flow')
const factsOf = keptStatement<{ id: string }>('id')
const marksWith = keptStatement<{ id: string }>('id')

/** Somebody's progress in a flow: what is open, else the newest. @param lock forms sent at the same moment wait for each other */
export async function findProgress(
  context: Context,
  accountId: string,
  flow: FlowName,
  lock: boolean,
): Promise<FlowProgress | null> {
  const [row] = await progressOf(context, {
    of: FlowProgress,
    key: lock ? 'lock' : '',
    values: { id: accountId, flow },
    build(values) {
      const query = db(context)
        .selectFrom('run')
        .select(columns)
        .where('account_id', '=', values.id)
        .where('track', '=', values.flow)
        .orderBy((eb) => eb.and([eb('finished_at', 'is', null), eb('ended_at', 'is', null)]), 'desc')
        .orderBy('started_at', 'desc')
        .limit(sql.lit(1))
      return lock ? query.forUpdate() : query
    },
  })
  return row ?? null
}

/** A flow that somebody begins now, on today's choices. */
const begun = (context: Context, accountId: string, flow: string) => ({
  tenant_id: context.tenant.id,
  id: crypto.randomUUID(),
  account_id: accountId,
  track: flow,
  policy_version: context.tenant.version,
  started_at: context.at,
})

/** Begins where nothing is open. @param asked requirements missing now: what is open goes on with these, on today's choices */
export async function putProgress(
  context: Context,
  accountId: string,
  flow: FlowName,
  asked: string | null,
): Promise<void> {
  await db(context)
    .insertInto('run')
    .values({ ...begun(context, accountId, flow), asked })
    .onConflict((on) => {
      const open = on
        .columns(['tenant_id', 'account_id', 'track'])
        .where('finished_at', 'is', null)
        .where('ended_at', 'is', null)
        .where('link_id', 'is', null)
      return asked === null
        ? open.doNothing()
        : open.doUpdateSet({
            policy_version: (eb) => eb.ref('excluded.policy_version'),
            asked: (eb) => eb.ref('excluded.asked'),
          })
    })
    .execute()
}

/** A mailed link, in one browser. */
export interface OnLink {
  linkId: string
  browser: string
}

/** How far one browser is on a mailed link. */
export async function findOnLink(context: Context, { linkId, browser }: OnLink): Promise<FlowProgress | null> {
  const query = db(context).selectFrom('run').select(columns)
  return (await query.where('link_id', '=', linkId).where('browser', '=', browser).executeTakeFirst()) ?? null
}

/** Begins on a mailed link, where this browser has not. */
export async function putOnLink(
  context: Context,
  { accountId, flow, on }: { accountId: string; flow: string; on: OnLink },
): Promise<void> {
  await db(context)
    .insertInto('run')
    .values({ ...begun(context, accountId, flow), link_id: on.linkId, browser: on.browser })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'link_id', 'browser']).where('link_id', 'is not', null).doNothing(),
    )
    .execute()
}

/** Forgets how far somebody is on mailed links, with what was staged there. */
export async function dropOnLinks(context: Context, accountId: string): Promise<void> {
  await db(context).deleteFrom('run').where('account_id', '=', accountId).where('link_id', 'is not', null).execute()
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

/** What each kind of step asks of the database of an account, by its name. */
export const stepFacts = (
  steps: readonly Pick<Step, 'name' | 'fact'>[],
  account: Expression<string>,
): AliasableExpression<Record<string, unknown>> =>
  jsonBuildObject(Object.fromEntries(steps.flatMap(({ name, fact }) => (fact ? [[name, fact(account)] as const] : []))))

/** What an account has, of itself and by the steps. */
async function accountFacts(context: Context, accountId: string, steps: readonly Step[]) {
  const [row] = await factsOf(context, {
    of: context.services.modules,
    key: steps.map(({ name }) => name).join(),
    values: { id: accountId },
    build: ({ id }) =>
      db(context)
        .selectFrom(people.as('a'))
        .select((eb) => [
          'a.has_password as hasPassword',
          factorFacts(context, eb.ref('a.id')).as('factors'),
          stepFacts(steps, eb.ref('a.id')).as('has'),
        ])
        .where('a.id', '=', id),
  })
  return row
}

/** The marks of all flows somebody is or was in. */
const marksOfAccount = (context: Context, accountId: string) =>
  marksWith(context, {
    of: StepMark,
    values: { id: accountId },
    build: ({ id }) =>
      db(context)
        .selectFrom('run as r')
        .innerJoin('step_mark as m', (join) =>
          join.onRef('m.tenant_id', '=', 'r.tenant_id').onRef('m.run_id', '=', 'r.id'),
        )
        .select(['m.run_id', 'm.step', 'm.outcome', 'm.value', 'm.at'])
        .where('r.account_id', '=', id),
  })

/** The facts of an account in a progress of it, without those of a session. */
type FactsIn = (progressId: string) => Pick<Facts, 'hasPassword' | 'factors' | 'secondStep' | 'has' | 'marks'>

/** What the database knows of an account and of its flows; null for an account nobody has. */
export async function readFacts(context: Context, accountId: string, steps: readonly Step[]): Promise<FactsIn | null> {
  const [account, marks] = await Promise.all([
    accountFacts(context, accountId, steps),
    marksOfAccount(context, accountId),
  ])
  if (!account) return null
  const facts = {
    ...account,
    hasPassword: Boolean(account.hasPassword),
    secondStep: hasSecondStep(context, account.factors),
  }
  return (progressId) => ({
    ...facts,
    marks: marksOf(
      context,
      marks.flatMap(({ run_id, ...mark }) => (run_id === progressId ? [mark] : [])),
    ),
  })
}

/** Marks by their steps. A value that names a factor as it was called before names it as it is called today. */
export const marksOf = <M extends { step: string; value: string | null }>(
  at: Installation,
  marks: readonly M[],
): Record<string, Omit<M, 'step'>> =>
  Object.fromEntries(
    marks.map(({ step, ...mark }) => [step, { ...mark, value: factorsOf(at).find(mark.value)?.name ?? mark.value }]),
  )

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
      .select((eb) => [
        // On no link there are only flows of the firm's.
        eb.ref('run.track').$castTo<FlowName>().as('open'),
        eb.cast<string>('run.started_at', 'text').as('openedAt'),
      ])
      .where('run.account_id', '=', account)
      .where('run.finished_at', 'is', null)
      .where('run.ended_at', 'is', null)
      .where('run.link_id', 'is', null)
      .orderBy('run.started_at', 'desc')
      .limit(1),
  )

/** Puts down a flow as begun and finished at a moment long gone: for accounts that are brought in. */
export async function putFinished(context: Context, accountId: string, flow: FlowName, at: Date): Promise<void> {
  await db(context)
    .insertInto('run')
    .values({ ...begun(context, accountId, flow), started_at: at, finished_at: at })
    .execute()
}

/**
 * What accounts have begun and not finished, as a source for others' statements: `.innerJoin(openFlows.as('r'), …)`.
 */
export const openFlows = db.fragment
  .selectFrom('run')
  .select(['run.tenant_id', 'run.id', 'run.account_id', 'run.track', 'run.policy_version', 'run.started_at'])
  .where('run.finished_at', 'is', null)
  .where('run.ended_at', 'is', null)
  .where('run.link_id', 'is', null)
