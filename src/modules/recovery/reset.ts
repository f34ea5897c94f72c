import { digest } from '../../platform/crypto/encryption.ts'
import { findLink, type LinkState } from '../../identity/tokens/index.ts'
import { choicesFor } from '../../tenancy/own-people.ts'
import type { FactorName, Policy } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { Account } from '../../identity/accounts/index.ts'
import { dropUnreadable, factorFactsSelect, type FactorFacts } from '../../identity/factors/index.ts'
import { waysWith } from '../../identity/challenge/index.ts'
import { isOverdue, missing, standingSelect, type Standing } from '../../identity/requirements/index.ts'
import { occasion } from './occasion.ts'
import { place, type Place, type ResetFacts } from './place.ts'
import { ResetProgress } from './progress.ts'

/** Wrong answers to the secret question, after which the link is dead. */
export const mostAnswers = 5

/** Somebody on the way to a new password, in one browser. */
export interface Reset {
  context: Context
  token: string
  linkId: string
  account: Account
  /** The firm's choices as they hold for this person. */
  choices: Policy
  progress: ResetProgress | null
  facts: ResetFacts
  place: Place
}
/** Why a link opens nothing; `closed`: of wrong answers. */
export interface Gone {
  gone: Exclude<LinkState['state'], 'alive'> | 'closed'
  accountId: string | null
}

/** A link of either kind: the one that was asked for, or the one that two people released. */
async function findReset(context: Context, token: string): Promise<LinkState & { released: boolean }> {
  const asked = await findLink(context, token, 'reset')
  if (asked.state !== 'unknown') return { ...asked, released: false }
  return { ...(await findLink(context, token, 'releasedReset')), released: true }
}

async function why(
  context: Context,
  token: string,
  state: Exclude<LinkState['state'], 'alive'>,
): Promise<Gone['gone']> {
  const row =
    state === 'replaced'
      ? await context.one<{ tries: number }>('select tries from one_time where digest = ?', [digest(token)])
      : null
  return row && row.tries >= mostAnswers ? 'closed' : state
}

/**
 * Where the link leads now. With `lock`, inside a transaction, forms sent at the same moment wait for each other, and
 * each sees what the one before did.
 */
export async function openReset(context: Context, token: string, { lock = false } = {}): Promise<Reset | Gone> {
  const first = await findReset(context, token)
  const accountId = first.state === 'alive' ? first.link.accountId : 'accountId' in first ? first.accountId : null
  if (lock && accountId) await context.query('select from account where id = ? for update', [accountId])
  const found = lock ? await findReset(context, token) : first
  if (found.state !== 'alive') return { gone: await why(context, token, found.state), accountId }
  const account = await context.em.findOneOrFail(Account, { id: found.link.accountId }, { refresh: true })
  if (account.blockedAt) return { gone: 'expired', accountId }
  const progress = await context.em.findOne(
    ResetProgress,
    { linkId: found.link.id, browser: context.browser.digest },
    { refresh: true },
  )
  await dropUnreadable(context, account)
  const facts = await factsOf(context, account, progress, found.released)
  const choices = choicesFor(context.policy, account.kind !== 'client')
  return { context, token, linkId: found.link.id, account, choices, progress, facts, place: place(choices, facts) }
}

async function factsOf(
  context: Context,
  account: Account,
  progress: ResetProgress | null,
  released: boolean,
): Promise<ResetFacts> {
  const row = await context.one<{ question: string | null; standing: Standing; factors: FactorFacts }>(
    `select (select question from secret_question where account_id = a.id) as question, ${standingSelect(context.services)} as standing, ${factorFactsSelect} as factors from account a where a.id = ?`,
    [account.id],
  )
  const lacked = row && missing(context.services, context.tenant, row.standing)
  const { stagedAt } = progress ?? {}
  const fresh = Boolean(stagedAt && stagedAt > context.ago(context.policy.retention.staged))
  return {
    active: account.activatedAt !== null,
    hasQuestion: Boolean(row?.question && questionOf(context, account.id, row.question)),
    released,
    inGrace: Boolean(lacked && !isOverdue(lacked, context.today)),
    ways: row ? await waysWith(context, occasion, account, row.factors) : [],
    answered: Boolean(progress?.answeredAt),
    proven: Boolean(progress?.provenAt),
    waiting: Boolean(progress && fresh && unsealed(context, progress)),
    numberProven: Boolean(progress?.numberProvenAt && fresh),
  }
}

/** The factor in use: the one that was chosen, else the first in the firm's order. */
export function wayOf({ progress, facts }: Reset): FactorName {
  return facts.ways.find((way) => way === progress?.way) ?? facts.ways[0] ?? 'backupCode'
}

const columns = {
  answeredAt: 'answered_at',
  way: 'way',
  provenAt: 'proven_at',
  password: 'password',
  number: 'number',
  stagedAt: 'staged_at',
  numberProvenAt: 'number_proven_at',
} as const

/** Writes down what this browser has shown or chosen, in the caller's transaction. */
export async function note(
  { context, linkId, account }: Reset,
  shown: Partial<Record<keyof typeof columns, Date | string | null>>,
): Promise<void> {
  const names = (Object.keys(shown) as (keyof typeof columns)[]).map((name) => columns[name])
  await context.query(
    `insert into reset_progress (tenant_id, id, link_id, browser, account_id, begun_at, ${names.join(', ')}) values (?, gen_random_uuid(), ?, ?, ?, ?, ${names.map(() => '?').join(', ')})
     on conflict (tenant_id, link_id, browser) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    [context.tenant.id, linkId, context.browser.digest, account.id, context.at, ...Object.values(shown)],
  )
}

const rowOf = (context: Context, linkId: string) => `${linkId}|${context.browser.digest}`
/** What waits in this browser, sealed; the place tells where it belongs. */
export const placeOf = ({ context, linkId }: Reset, column: 'password' | 'number') =>
  context.place('reset_progress', column, rowOf(context, linkId))

/** Password (its hash) and number that wait for the codes. */
export function waiting(reset: Reset): { hash: string; number: string } | null {
  const { progress, facts, context } = reset
  return facts.waiting && progress ? unsealed(context, progress) : null
}

/** What waits; null when nothing does, or when it does not open: then the form is asked again. */
function unsealed(
  context: Context,
  { linkId, password, number }: ResetProgress,
): { hash: string; number: string } | null {
  const open = (column: 'password' | 'number', sealed: string | null | undefined) =>
    sealed && context.unseal('reset_progress', column, rowOf(context, linkId), sealed)
  const [hash, phone] = [open('password', password), open('number', number)]
  return hash && phone ? { hash, number: phone } : null
}

/** The words of somebody's secret question; null when they do not open. */
export const questionOf = (context: Context, accountId: string, sealed: string): string | null =>
  context.unseal('secret_question', 'question', accountId, sealed)
