import { again, page, type Answer, type FieldErrors, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { findAccount, type Account } from '../accounts/index.ts'
import { audit } from '../audit/index.ts'
import { hashed, passwordAsked, passwordMistakes, storePassword } from '../onboarding/index.ts'
import { trustAgain } from '../sessions/index.ts'
import { isOwnPassword } from '../step-up/index.ts'
import { act, onlyHere } from './act.ts'

export interface PasswordForm {
  current: string
  password: string
  repeat: string
}
const asked = { repeat: true, current: false }

async function me(visit: PersonVisit): Promise<Account> {
  const account = await findAccount(visit, visit.person.id)
  if (!account) throw notFound()
  return account
}

/** The page with the rules in sight before typing. */
export async function passwordPage(visit: PersonVisit): Promise<Page> {
  return page('profile/password', passwordAsked({ visit, policy: visit.policy, account: await me(visit) }, asked))
}

/** What is wrong with the form, apart from whether the present password is right. */
function mistakes(visit: PersonVisit, account: Account, form: PasswordForm): FieldErrors {
  const wrong = passwordMistakes({ visit, policy: visit.policy, account }, asked, { ...form })
  const same = form.password !== '' && form.password.normalize('NFC') === form.current.normalize('NFC')
  return {
    ...(!form.current && { current: { key: 'profile.password.currentEmpty' } }),
    ...wrong,
    ...(same && { password: { key: 'profile.password.same' } }),
  }
}

/** Changes the password: everywhere else it is over at once, and whatever was on its way by the old one is dead. */
export async function changePassword(visit: PersonVisit, form: PasswordForm): Promise<Answer> {
  const account = await me(visit)
  const wrong = mistakes(visit, account, form)
  if (Object.keys(wrong).length) return again(await passwordPage(visit), wrong)
  const verdict = await isOwnPassword(visit, account.id, form.current)
  if (verdict.wait)
    return again(
      await passwordPage(visit),
      { current: { key: 'step-up.wait', params: { seconds: verdict.wait } } },
      429,
    )
  const hash = verdict.right ? await hashed({ visit, policy: visit.policy, account }, { ...form }) : ''
  return act(visit, { to: '/profile', notice: 'profile.done.password', shown: passwordPage }, async (inner) => {
    // Still the one that was judged: another change may have come first.
    const present = await inner.one('select id from account where id = ? and password_hash = ?', [
      account.id,
      verdict.hash,
    ])
    if (!verdict.right || !present) {
      await audit(inner, 'password.changed', { outcome: 'refused' })
      return { current: { key: 'step-up.password.wrong' } }
    }
    await trustAgain(inner, account.id, () => storePassword(inner, account.id, hash))
    await onlyHere(inner)
    await sendNotice(inner, inner.person, 'passwordChanged')
    await audit(inner, 'password.changed')
    return null
  })
}
