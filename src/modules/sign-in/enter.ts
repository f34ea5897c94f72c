import { see, type See } from '../../platform/http/answer.ts'
import { passCodeOn } from '../../identity/tokens/index.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { signedIn, type Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { dropUnreadable } from '../../identity/factors/index.ts'
import { arrive } from '../onboarding/index.ts'
import { beginSession, isTrusted, raiseSession, replaceHalfWay, sessionActions } from '../../identity/sessions/index.ts'
import { beginWay, waysOf } from './occasion.ts'
import { isStillRight } from './password.ts'

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

/**
 * After a passkey alone, which is password and second step in one: on with what is owed, or in. In the caller's
 * transaction.
 */
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
  await signedIn(context, accountId)
  await record(context, sessionActions.signedIn, { actor: accountId, subject: accountId })
  return see(back ?? '/home')
}
