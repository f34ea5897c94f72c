import { randomInt } from 'node:crypto'
import type { Limit } from '../../platform/limits/limits.ts'
import type { Purpose } from './one-time.ts'
import type { Context } from '../../tenancy/context.ts'
import { lockAccount } from '../accounts/index.ts'
import { afterThese } from './resend.ts'
import { changeHolder, countTry, isOut, unusedCodes, useCounted, wasReplaced } from './codes-store.ts'
import { insertOneTime, killOneTime } from './store.ts'

/** What is spent with every code, by all people of the firm together. */
export interface Budget {
  key: string
  limits: Limit[]
}
/** What a code is for, whose it is, and to which number or address it goes. */
export interface CodeFor {
  purpose: Purpose
  accountId: string
  target: string
  budget?: Budget
}
/**
 * Why no code goes out, and in how many seconds it can. `recent`: one just went; `often`: too many to this number or
 * address; `budget`: the firm's are used up; `country`: never to this number (0 seconds); `asked`: their devices got too
 * many questions; `alone`: no device of theirs can answer one (0 seconds).
 */
export interface NotSent {
  reason: 'recent' | 'often' | 'budget' | 'country' | 'asked' | 'alone'
  seconds: number
}
export type IssuedCode = { code: string; expiresAt: Date } | { unsent: NotSent }
/** `older`: right, but a newer one was sent. `expired` also where the tries are used up or nothing was sent. */
export type CodeVerdict = 'right' | 'wrong' | 'older' | 'expired' | 'used-up'

/** No number or address gets more than this from all firms together: a stranger's phone is not a bell. */
const everywhere = { most: 20, within: Temporal.Duration.from('P1D') }

const targetMac = (context: Context, target: string) => context.tenant.vault.mac('code target', target)
const mac = (context: Context, accountId: string, purpose: Purpose, code: string) =>
  context.tenant.vault.mac(`code|${purpose}|${accountId}`, code)

/**
 * A number that somebody says is theirs, and that may be a stranger's. What goes there is counted for the number, by
 * whomever it is claimed; but what goes to the number or address somebody proved to have counts for them alone, so that
 * nobody who types it elsewhere uses up the codes they sign in with.
 */
const isClaim = (purpose: Purpose) => purpose === 'phoneCode'

/**
 * The wait for this person, number or address, whatever the codes were for. Read from the codes that were made; one that
 * was used does not count: whoever typed it has the phone or mailbox in hand.
 */
async function ownWait(context: Context, { accountId, purpose, target }: CodeFor): Promise<NotSent | null> {
  const claimed = isClaim(purpose) ? targetMac(context, target) : null
  return afterThese(context, await unusedCodes(context, { accountId, target: claimed }, context.ago('P1D')))
}

const unlessNull = (reason: NotSent['reason'], seconds: number | null): NotSent | null =>
  seconds === null ? null : { reason, seconds }
const anywhere = (context: Context, target: string) => context.services.keyedDigest('code target', target)

/** Why no code can go there now; null when it can. Looks, and counts nothing. */
export async function obstacle(context: Context, wanted: CodeFor): Promise<NotSent | null> {
  const {
    services: { limits },
    now,
  } = context
  return (
    (await ownWait(context, wanted)) ??
    (isClaim(wanted.purpose)
      ? unlessNull('often', await limits.waitFor(anywhere(context, wanted.target), everywhere, now))
      : null) ??
    (wanted.budget ? unlessNull('budget', await limits.waitFor(wanted.budget.key, wanted.budget.limits, now)) : null)
  )
}

/** Counts what is about to be sent: at the moment of making it, so that of many at once no more go than may. */
async function counted(context: Context, { purpose, target, budget }: CodeFor): Promise<NotSent | null> {
  const {
    services: { limits },
    now,
  } = context
  return (
    (isClaim(purpose)
      ? unlessNull('often', await limits.countAttempt(anywhere(context, target), everywhere, now))
      : null) ?? (budget ? unlessNull('budget', await limits.countAttempt(budget.key, budget.limits, now)) : null)
  )
}

/**
 * Codes that let somebody further belong to the session that asked for them (OWASP ASVS 5.0, 6.6.2): whoever has the
 * password too and asks for a code of their own gets nowhere with this one. One that proves a number belongs to the
 * number, wherever it is typed.
 */
const bound: ReadonlySet<Purpose> = new Set<Purpose>(['signInCode', 'stepUpCode', 'resetCode'])
const holderOf = (context: Context, purpose: Purpose): string | null =>
  bound.has(purpose) ? (context.browser?.digest ?? null) : null

/** Whether a code to this number or address is on its way here that was not used, replaced or too late. */
export async function codeIsOut(context: Context, { accountId, purpose, target }: CodeFor): Promise<boolean> {
  return isOut(context, { accountId, purpose }, targetMac(context, target), holderOf(context, purpose))
}

/**
 * Makes a code of six digits; the newest is the only one that works. Call inside a transaction, with the message it goes in.
 * Kept as HMAC, bound to purpose and account; the number or address is part of what is remembered.
 */
export async function issueCode(context: Context, wanted: CodeFor): Promise<IssuedCode> {
  const { accountId, purpose, target } = wanted
  await lockAccount(context, accountId)
  const unsent = (await obstacle(context, wanted)) ?? (await counted(context, wanted))
  if (unsent) return { unsent }
  await killOneTime(context, accountId, purpose)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = context.from(context.policy.codes.lifetime)
  await insertOneTime(context, {
    id: crypto.randomUUID(),
    purpose,
    account_id: accountId,
    target: targetMac(context, target),
    holder: holderOf(context, purpose),
    digest: mac(context, accountId, purpose, code),
    expires_at: expiresAt,
    tries_allowed: context.policy.codes.tries,
  })
  return { code, expiresAt }
}

/** Gives the living code of one session to the session that takes its place here. In the caller's transaction. @returns whether there was one */
export async function passCodeOn(
  context: Context,
  accountId: string,
  purpose: Purpose,
  from: string,
): Promise<boolean> {
  return changeHolder(context, { accountId, purpose }, from, holderOf(context, purpose))
}

/** Tries a code: counted first, compared then, and used up when right, in the caller's transaction. That of another session is none. */
export async function tryCode(
  context: Context,
  { accountId, purpose, target }: Omit<CodeFor, 'target'> & { target?: string },
  code: string,
): Promise<CodeVerdict> {
  const [whose, digest] = [{ accountId, purpose }, mac(context, accountId, purpose, code)]
  const holder = holderOf(context, purpose)
  const tried = await countTry(context, whose, holder)
  if (!tried) return 'expired'
  if (tried.digest === digest && (!target || tried.target === targetMac(context, target))) {
    await useCounted(context, tried.id)
    if (target) await context.services.limits.forget(anywhere(context, target))
    return 'right'
  }
  if (await wasReplaced(context, whose, { digest, since: context.ago('PT1H'), holder })) return 'older'
  return tried.tries >= (tried.tries_allowed ?? 0) ? 'used-up' : 'wrong'
}
