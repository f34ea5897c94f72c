import type { ExpressionBuilder, Insertable } from 'kysely'
import { tables, type TablesOf } from '../../../platform/db/tables.ts'
import type { Context } from '../../../tenancy/context.ts'
import type { Owner } from '../factor.ts'
import { DevicePrompt, PromptDevice } from './entity.ts'

const db = tables(DevicePrompt, PromptDevice)
type Where = ExpressionBuilder<TablesOf<typeof db>, 'approval'>

/** Whose, what for, and the browser's session that asked. */
export interface AskedBy {
  owner: Pick<Owner, 'id' | 'hadAt'>
  purpose: string
  holder: string
}

/** The device that answered is still one, and was one by `hadAt`. */
const stands = (hadAt?: Date) => (eb: Where) =>
  eb.exists(
    eb
      .selectFrom('approver')
      .select('approver.id')
      .whereRef('approver.id', '=', 'approval.approver_id')
      .where('approver.removed_at', 'is', null)
      .$if(hadAt !== undefined, (query) => query.where('approver.created_at', '<=', hadAt as Date)),
  )

/** When the newest questions were asked that got no yes, newest first. */
export async function askedWithoutYes(context: Context, accountId: string, since: Date, most: number): Promise<Date[]> {
  const rows = await db(context)
    .selectFrom('approval')
    .select('asked_at')
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('approved', 'is', null), eb('approved', '=', false)]))
    .where('asked_at', '>', since)
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ asked_at: at }) => at)
}

/** Ends what waits for its answer: the newest question is the only one. */
export async function endUnanswered(context: Context, accountId: string): Promise<void> {
  await db(context)
    .updateTable('approval')
    .set({ expires_at: context.at })
    .where('account_id', '=', accountId)
    .where('answered_at', 'is', null)
    .where('expires_at', '>', context.at)
    .execute()
}

export async function insertQuestion(
  context: Context,
  row: Omit<Insertable<TablesOf<typeof db>['approval']>, 'tenant_id' | 'id' | 'asked_at'>,
): Promise<void> {
  await db(context)
    .insertInto('approval')
    .values({ ...row, tenant_id: context.tenant.id, id: crypto.randomUUID(), asked_at: context.at })
    .execute()
}

/** The newest question of this session for this purpose. */
export const newestAsked = (context: Context, { owner, purpose, holder }: AskedBy) =>
  db(context)
    .selectFrom('approval')
    .select(['number', 'expires_at', 'answered_at', 'approved', 'used_at'])
    .select((eb) => stands(owner.hadAt)(eb).as('stands'))
    .where('account_id', '=', owner.id)
    .where('purpose', '=', purpose)
    .where('holder', '=', holder)
    .orderBy('asked_at', 'desc')
    .orderBy('expires_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Whether a question of this session, whatever for, waits for its answer. */
export async function waitsForAnswer(context: Context, holder: string): Promise<boolean> {
  const row = await db(context)
    .selectFrom('approval')
    .select('id')
    .where('holder', '=', holder)
    .where('answered_at', 'is', null)
    .where('expires_at', '>', context.at)
    .executeTakeFirst()
  return row !== undefined
}

/** Uses a yes up that was given after this moment, once. */
export async function useYes(context: Context, { owner, purpose, holder }: AskedBy, after: Date): Promise<boolean> {
  const row = await db(context)
    .updateTable('approval')
    .set({ used_at: context.at })
    .where('account_id', '=', owner.id)
    .where('purpose', '=', purpose)
    .where('holder', '=', holder)
    .where('approved', '=', true)
    .where('used_at', 'is', null)
    .where('answered_at', '>', after)
    .where(stands(owner.hadAt))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What a device may answer: open, of its own account, and never asked by the very browser it is. */
const answerable = (context: Context, device: { id: string; accountId: string }) => (eb: Where) =>
  eb.and([
    eb('account_id', '=', device.accountId),
    eb('answered_at', 'is', null),
    eb('expires_at', '>', context.at),
    eb('asker_id', 'is distinct from', device.id),
    eb('holder', '<>', context.browser.digest),
  ])

/** The newest question this device may answer. */
export const openFor = (context: Context, device: { id: string; accountId: string }) =>
  db(context)
    .selectFrom('approval')
    .select(['id', 'purpose', 'choices', 'browser', 'network', 'asked_at'])
    .where(answerable(context, device))
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Whose question this is; null for one that was never asked. */
export async function askedOf(context: Context, id: string): Promise<string | null> {
  const row = await db(context).selectFrom('approval').select('account_id').where('id', '=', id).executeTakeFirst()
  return row?.account_id ?? null
}

/** Answers a question, once: yes when this is its number. @returns nothing for one that this device may not answer */
export const giveAnswer = (
  context: Context,
  device: { id: string; accountId: string },
  { id, number }: { id: string; number: number | null },
) =>
  db(context)
    .updateTable('approval')
    .set({
      answered_at: context.at,
      approver_id: device.id,
      approved: ({ eb, lit }) => (number === null ? lit(false) : eb('number', '=', number).$castTo<boolean>()),
    })
    .where('id', '=', id)
    .where(answerable(context, device))
    .returning(['approved', 'purpose'])
    .executeTakeFirst()

/** What this device answered to it before; null when it answered nothing. */
export async function answerBefore(context: Context, deviceId: string, id: string): Promise<boolean | null> {
  const row = await db(context)
    .selectFrom('approval')
    .select('approved')
    .where('id', '=', id)
    .where('approver_id', '=', deviceId)
    .executeTakeFirst()
  return row?.approved ?? null
}

/** Ends the questions of an account and what was said to them: how it signs in has changed. */
export async function endQuestions(context: Context, accountId: string): Promise<void> {
  await db(context)
    .updateTable('approval')
    .set((eb) => ({
      expires_at: eb.fn<Date>('least', ['expires_at', eb.cast<Date>(eb.val(context.at), 'timestamptz')]),
      used_at: context.at,
    }))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where((eb) => eb.or([eb('approved', 'is', null), eb('approved', '=', true)]))
    .execute()
}

/** The newest questions of everybody since a moment, an account's together and newest first: answered when, and open until. */
export const newestQuestions = (context: Context, since: Date) =>
  db(context)
    .selectFrom('approval')
    .select(['account_id', 'answered_at', 'expires_at'])
    .where('asked_at', '>', since)
    .orderBy('account_id')
    .orderBy('asked_at', 'desc')
    .execute()

/** Forgets questions that no limit looks at any more. */
export async function forgetQuestions(context: Context, until: Date): Promise<void> {
  await db(context).deleteFrom('approval').where('asked_at', '<=', until).execute()
}

/** When the oldest question that is kept was asked. */
export async function oldestAsked(context: Context): Promise<Date | null> {
  const row = await db(context)
    .selectFrom('approval')
    .select((eb) => eb.fn.min<Date | null>('asked_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}

/** When the first of the questions that can still be answered cannot any more. */
export async function nextExpiry(context: Context): Promise<Date | null> {
  const row = await db(context)
    .selectFrom('approval')
    .select((eb) => eb.fn.min<Date | null>('expires_at').as('at'))
    .where('expires_at', '>', context.at)
    .executeTakeFirst()
  return row?.at ?? null
}
