import { wordsFor } from '../../platform/i18n/words.ts'
import { issueLink } from '../../identity/tokens/index.ts'
import { choicesFor } from '../../tenancy/own-people.ts'
import { sendMail, sendSmsText, signInAddress } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import { usernameDetail, type Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { mayText, numberOf } from '../../identity/factors/index.ts'
import { locked, mailReset } from './ask.ts'
import type { RequestKind } from './request.ts'
import { endRecovery, saveFresh, type Fresh } from './save.ts'
import { resetAskedMail, resetCancelledMail, resetDoneMail, resetReleasedMail, resetWaitsMail } from './mails.ts'
import { tables } from '../../platform/db/tables.ts'
import { earliest, longAfter } from '../../tenancy/work-due.ts'
import { RecoveryRequest } from './request.ts'
import { ResetProgress } from './progress.ts'
import { recoveryActions } from './audit-actions.ts'

const db = tables(RecoveryRequest, ResetProgress)

/** A request nobody did anything with is over after this. Longer than the longest wait a firm may choose. */
export const keptFor = 'P14D'
const open = 'done_at is null and cancelled_at is null and ended_at is null'

/** An open request, as the acts on it need to know it. */
export interface OpenRequest {
  id: string
  accountId: string
  kind: RequestKind
  askedAt: Date
  dueAt: Date | null
  sealed: { password: string; number: string } | null
}
interface Row {
  id: string
  account_id: string
  kind: RequestKind
  asked_at: string
  due_at: string | null
  password: string | null
  number: string | null
}

const asked = (row: Row): OpenRequest => ({
  id: row.id,
  accountId: row.account_id,
  kind: row.kind,
  askedAt: new Date(row.asked_at),
  dueAt: row.due_at ? new Date(row.due_at) : null,
  sealed: row.password && row.number ? { password: row.password, number: row.number } : null,
})

/** The open request of an account. */
export async function openOf(context: Context, accountId: string): Promise<OpenRequest | null> {
  const row = await context.one<Row>(
    `select id, account_id, kind, asked_at, due_at, password, number from recovery_request where account_id = ? and ${open}`,
    [accountId],
  )
  return row && asked(row)
}

/**
 * Begins to wait: for time, where the firm allows that and there is something to save, or for two people of the firm.
 * Says so at once to mail address and old number, each with a way to stop it. Takes the place of an earlier request.
 */
export async function request(context: Context, account: Account, fresh: Fresh | null): Promise<void> {
  const { also, delay } = choicesFor(context.policy, account.kind !== 'client').recovery
  await endRecovery(context, account.id)
  const id = crypto.randomUUID()
  const dueAt = fresh && also === 'oldPhoneOrDelay' ? context.from(delay) : null
  const seal = (column: string, text: string | null | undefined) =>
    text ? context.tenant.vault.seal(context.place('recovery_request', column, id), text) : null
  await context.query(
    'insert into recovery_request (tenant_id, id, account_id, kind, password, number, asked_at, due_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      context.tenant.id,
      id,
      account.id,
      fresh ? 'number' : 'link',
      seal('password', fresh?.hash),
      seal('number', fresh?.number),
      context.at,
      dueAt,
    ],
  )
  await record(context, recoveryActions.requested, { subject: account.id, detail: { kind: fresh ? 'number' : 'link' } })
  await tell(context, account, dueAt)
}

async function tell(context: Context, account: Account, dueAt: Date | null): Promise<void> {
  const kind = dueAt ? resetWaitsMail : resetAskedMail
  const link = `/recovery/cancel/${await issueLink(context, account.id, 'resetCancel', keptFor)}`
  const when = dueAt ? wordsFor(account.language, context.policy.zone).dateTime(dueAt) : ''
  await sendMail(context, account, { kind, params: { name: account.name, when }, link })
  const number = await numberOf(context, account.id)
  if (number && mayText(context, number))
    await sendSmsText(context, { id: account.id, number, language: account.language }, kind, {
      params: { name: account.name, when },
      link,
    })
}

/** Closes an open request with one of its ends; what waited in it is wiped. Of many at the same moment one gets true. */
async function close(
  context: Context,
  id: string,
  end: 'done_at' | 'cancelled_at' | 'ended_at',
  by: string | null = null,
): Promise<boolean> {
  return (
    null !==
    (await context.one(
      `update recovery_request set ${end} = ?, cancelled_by = ?, password = null, number = null where id = ? and ${open} returning id`,
      [context.at, by, id],
    ))
  )
}

/** Stops a request: by the person, from the mail or SMS, or by somebody of the firm. @returns whether there was still something to stop */
export async function cancel(context: Context, account: Account, id: string, by: string | null): Promise<boolean> {
  if (!(await close(context, id, 'cancelled_at', by))) return false
  await endRecovery(context, account.id)
  await record(context, recoveryActions.cancelled, { subject: account.id, actor: by ?? account.id })
  await sendMail(context, account, { kind: resetCancelledMail, params: { name: account.name } })
  return true
}

/**
 * What makes a request void: the account was blocked, or somebody chose a password or signed in with everything that
 * takes since it was made, so that the old phone is not lost after all.
 */
const overtaken = ({ blockedAt, passwordSetAt, lastSignInAt }: Account, { askedAt }: OpenRequest) =>
  Boolean(blockedAt || (passwordSetAt && passwordSetAt > askedAt) || (lastSignInAt && lastSignInAt > askedAt))

/** What waited in a request; null when it does not open. */
function unsealed(
  context: Context,
  id: string,
  { password, number }: { password: string; number: string },
): Fresh | null {
  const [hash, phone] = [
    context.unseal('recovery_request', 'password', id, password),
    context.unseal('recovery_request', 'number', id, number),
  ]
  return hash === null || phone === null ? null : { hash, number: phone }
}

/** What was to be saved is lost: the request ends, and its owner is told, who can ask anew. */
async function unreadable(context: Context, account: Account, id: string): Promise<false> {
  if (!(await close(context, id, 'ended_at'))) return false
  await endRecovery(context, account.id)
  await record(context, recoveryActions.unreadable, { actor: null, subject: account.id, outcome: 'refused' })
  await sendMail(context, account, { kind: resetCancelledMail, params: { name: account.name } })
  return false
}

/** Does what was asked, once, in the caller's transaction and under the lock of the account. @returns false when it was void */
export async function fulfil(context: Context, account: Account, found: OpenRequest): Promise<boolean> {
  if (overtaken(account, found)) {
    if (await close(context, found.id, 'ended_at'))
      await record(context, recoveryActions.overtaken, { subject: account.id, outcome: 'refused' })
    return false
  }
  const fresh = found.sealed && unsealed(context, found.id, found.sealed)
  if (found.sealed && !fresh) return unreadable(context, account, found.id)
  if (!(await close(context, found.id, 'done_at'))) return false
  await record(context, recoveryActions.done, { subject: account.id, detail: { kind: found.kind } })
  if (!fresh) {
    await endRecovery(context, account.id)
    await mailReset(context, account, resetReleasedMail)
    return true
  }
  await saveFresh(context, account, fresh)
  await sendMail(context, account, {
    kind: resetDoneMail,
    params: { name: account.name },
    details: usernameDetail(context.policy, account),
    link: signInAddress(account.language),
  })
  return true
}

/** Saves what has waited long enough. Looked at again under the lock: what was stopped in the meantime stays stopped. */
export async function fulfilDue(context: Context): Promise<Date | null> {
  const due = await context.query<{ account_id: string }>(
    `select account_id from recovery_request where due_at <= ? and ${open}`,
    [context.at],
  )
  for (const { account_id: accountId } of due) {
    const one = context.transaction(async (inner) => {
      const account = await locked(inner, accountId)
      const found = await openOf(inner, accountId)
      if (found?.dueAt && found.dueAt <= inner.at) await fulfil(inner, account, found)
    })
    // One person's trouble keeps nobody else waiting; it is tried again at the next turn.
    await one.catch((err: unknown) =>
      context.log.error({ err, account: accountId }, 'a request that was due could not be carried out'),
    )
  }
  const next = await db(context)
    .selectFrom('recovery_request')
    .select((eb) => eb.fn.min<Date | null>('due_at').as('at'))
    .where('done_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return next?.at ?? null
}

/** How long somebody may take over a reset they began. */
const progressKept = 'P2D'
/** How long what came of a request can be read in the list; the firm's log keeps it. */
const listed = 'P1Y'

/** Wipes what waited too long, and forgets what is over. Safe to repeat. */
export async function sweepRecovery(context: Context): Promise<Date | null> {
  await context.query('update reset_progress set password = null, number = null where staged_at <= ?', [
    context.ago(context.policy.retention.staged),
  ])
  await context.query('delete from reset_progress where begun_at <= ?', [context.ago(progressKept)])
  await context.query(
    `update recovery_request set ended_at = ?, password = null, number = null where asked_at <= ? and ${open}`,
    [context.at, context.ago(keptFor)],
  )
  await context.query('delete from recovery_request where coalesce(done_at, cancelled_at, ended_at) <= ?', [
    context.ago(listed),
  ])
  return nextSweep(context)
}

/** When the first of what is left has waited, or been listed, long enough. */
async function nextSweep(context: Context): Promise<Date | null> {
  const at = db(context)
  const [progress, open, over] = await Promise.all([
    at
      .selectFrom('reset_progress')
      .select(({ fn }) => [
        fn.min<Date | null>('begun_at').as('begun'),
        fn
          .min<Date | null>('staged_at')
          .filterWhere((eb) => eb.or([eb('password', 'is not', null), eb('number', 'is not', null)]))
          .as('staged'),
      ])
      .executeTakeFirst(),
    at
      .selectFrom('recovery_request')
      .select(({ fn }) => fn.min<Date | null>('asked_at').as('at'))
      .where('done_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .where('ended_at', 'is', null)
      .executeTakeFirst(),
    at
      .selectFrom('recovery_request')
      .select(({ fn }) => fn.min<Date | null>(fn.coalesce('done_at', 'cancelled_at', 'ended_at')).as('at'))
      .executeTakeFirst(),
  ])
  return earliest(
    longAfter(context, context.policy.retention.staged, progress?.staged),
    longAfter(context, progressKept, progress?.begun),
    longAfter(context, keptFor, open?.at),
    longAfter(context, listed, over?.at),
  )
}
