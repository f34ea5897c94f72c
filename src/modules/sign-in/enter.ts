import { see, type See } from '../../platform/http/answer.ts'
import { passCodeOn } from '../../identity/tokens/index.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import type { Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import {
  dropUnreadable,
  factorFactsSelect,
  factors,
  sendingOf,
  usable,
  waysFromHere,
  type FactorFacts,
  type Owner,
} from '../../identity/factors/index.ts'
import { arrive } from '../onboarding/index.ts'
import { beginSession, isTrusted, raiseSession, replaceHalfWay, sessionActions } from '../../identity/sessions/index.ts'
import { isStillRight } from './password.ts'

/**
 * What somebody can give the second step with; none where the firm asks none of them. Of the firm's own people who have
 * none yet a mailed code is asked where the firm mails codes: no second step of theirs, but more than a password on the way to one.
 */
export async function waysOf(context: Context, accountId: string): Promise<FactorName[]> {
  const row = await context.one<{ factors: FactorFacts }>(
    `select ${factorFactsSelect} as factors from account a where a.id = ?`,
    [accountId],
  )
  if (!row) return []
  const ways = usable(context.policy, row.factors)
  const mailed = row.factors.ownPeople && !ways.length && context.policy.secondFactor.of.includes('mail')
  return mailed ? ['mail'] : waysFromHere(context, accountId, ways)
}

/** Sends the code, of a factor that does. Where none went out, an earlier one still works, or the page says why not and until when. */
export async function beginWay(context: Context, owner: Owner, way: FactorName): Promise<void> {
  const unsent = await factors[way].begin(context, owner)
  if (unsent && (await sendingOf(context, owner, way, 'signInCode')).sent) context.browser.flash('sign-in.code.recent')
}

/** After the right password: the second step, or further. @returns null when it is not right any more */
export async function enter(context: Context, account: Account, via: 'temporary' | 'own'): Promise<See | null> {
  return context.transaction(async (inner) => {
    if (!(await isStillRight(inner, account, via))) return null
    await dropUnreadable(inner, account)
    const [way] = await waysOf(inner, account.id)
    if (way && !(await isTrusted(inner, account.id))) {
      const former = await replaceHalfWay(inner, account.id)
      await beginSession(inner, { accountId: account.id, level: 'secondStep', via, factor: way })
      if (!former || !(await passCodeOn(inner, account.id, 'signInCode', former))) await beginWay(inner, account, way)
      return see('/sign-in/code')
    }
    return goIn(inner, account.id, via, async (level) =>
      beginSession(inner, { accountId: account.id, level, via, trusted: Boolean(way) }),
    )
  })
}

/** After the right second step: on with the onboarding, or in. In the caller's transaction. */
export async function enterFurther(context: PersonContext): Promise<See> {
  return goIn(
    context,
    context.person.id,
    context.session.via === 'temporary' ? 'temporary' : 'own',
    async (level) => void (await raiseSession(context, level)),
  )
}

/** After a passkey alone, which is password and second step in one: on with what is owed, or in. In the caller's transaction. */
export async function enterByPasskey(context: Context, accountId: string): Promise<See> {
  return goIn(context, accountId, 'passkey', async (level) =>
    beginSession(context, { accountId, level, via: 'passkey' }),
  )
}

async function goIn(
  context: Context,
  accountId: string,
  via: 'temporary' | 'own' | 'passkey',
  open: (level: 'onboarding' | 'signedIn') => Promise<void>,
): Promise<See> {
  const step = await arrive(context, accountId, { via, since: context.at })
  const back = context.browser.take('back')
  await open(step ? 'onboarding' : 'signedIn')
  if (step) return see(`/onboarding/${step.id}`)
  await context.query('update account set previous_sign_in_at = last_sign_in_at, last_sign_in_at = ? where id = ?', [
    context.at,
    accountId,
  ])
  await record(context, sessionActions.signedIn, { actor: accountId, subject: accountId })
  return see(back ?? '/home')
}
