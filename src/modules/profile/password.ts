import { again, page, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { findAccount, isPasswordStill, type Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import {
  hashed,
  passwordAsked,
  passwordMistakes,
  passwordNotices,
  storePassword,
} from '../../identity/passwords/index.ts'
import { trustAgain } from '../../identity/sessions/index.ts'
import { provePassword } from '../../identity/challenge/index.ts'
import { act, onlyHere } from './act.ts'
import { passwordView } from './views.ts'
import { profileActions } from './audit-actions.ts'

export interface PasswordForm {
  current: string
  password: string
  repeat: string
}
const asked = { repeat: true, current: false }

async function me(context: PersonContext): Promise<Account> {
  const account = await findAccount(context, context.person.id)
  if (!account) throw notFound()
  return account
}

/** The page with the rules in sight before typing. */
export async function passwordPage(context: PersonContext): Promise<Page> {
  return page(passwordView, passwordAsked({ context, policy: context.policy, account: await me(context) }, asked))
}

/** What is wrong with the form, apart from whether the present password is right. */
function mistakes(context: PersonContext, account: Account, form: PasswordForm): FieldErrors {
  const wrong = passwordMistakes({ context, policy: context.policy, account }, asked, { ...form })
  const same = form.password !== '' && form.password.normalize('NFC') === form.current.normalize('NFC')
  return {
    ...(!form.current && { current: { key: 'profile.password.currentEmpty' } }),
    ...wrong,
    ...(same && { password: { key: 'profile.password.same' } }),
  }
}

/** Changes the password: everywhere else it is over at once, and whatever was on its way by the old one is dead. */
export async function changePassword(context: PersonContext, form: PasswordForm): Promise<Answer> {
  const account = await me(context)
  const wrong = mistakes(context, account, form)
  if (Object.keys(wrong).length) return again(await passwordPage(context), wrong)
  const verdict = await provePassword(context, account.id, form.current)
  if (verdict.wait)
    return again(
      await passwordPage(context),
      { current: { key: 'step-up.wait', params: { seconds: verdict.wait } } },
      429,
    )
  const hash = verdict.right ? await hashed(context, form) : ''
  return act(context, { to: '/profile', notice: 'profile.done.password', shown: passwordPage }, async (inner) => {
    // Still the one that was judged: another change may have come first.
    const present = verdict.right && (await isPasswordStill(inner, account.id, verdict.hash))
    if (!present) {
      await record(inner, profileActions.passwordChanged, { outcome: 'refused' })
      return { current: { key: 'step-up.password.wrong' } }
    }
    await trustAgain(inner, account.id, () => storePassword(inner, account.id, hash))
    await onlyHere(inner)
    await sendNotice(inner, inner.person, passwordNotices.changed)
    await record(inner, profileActions.passwordChanged)
    return null
  })
}
