import { line, proof, secret } from '../../../tenancy/door.ts'
import type { FieldErrors } from '../../../platform/answer.ts'
import type { PlacedStep } from '../../../tenancy/policy.ts'
import { sendNotice } from '../../../tenancy/notices.ts'
import type { Visit } from '../../../tenancy/visit.ts'
import {
  countryNames,
  identifierOf,
  judgePassword,
  passwordContext,
  passwordRules,
  readPhone,
} from '../../accounts/index.ts'
import { audit } from '../../audit/index.ts'
import {
  checkSentCode,
  nextCodeTo,
  savePhone,
  sendCodeTo,
  unsentError,
  type FactorVerdict,
} from '../../factors/index.ts'
import { trustAgain } from '../../sessions/index.ts'
import { stage, staged, unstage } from '../staged.ts'
import { text, type Form, type Walk } from '../step.ts'

/** The password and phone parts of a form, whether each stands alone or both stand together. */

export const passwordFields = { password: secret(), repeat: secret() }
export const phoneFields = { phone: line(), code: proof() }

/** Who chooses a password, and by which rules: somebody on their way, or somebody who forgot theirs. */
export type Choosing = Pick<Walk, 'visit' | 'policy' | 'account'>

/** What is asked of a new password, for the page: in words, with a verdict where one can be given. */
export function passwordAsked(
  { visit, policy, account }: Choosing,
  step: Pick<PlacedStep<'password'>, 'repeat' | 'current'>,
): object {
  const rules = passwordRules(policy.password, visit.house.leaked).map(({ name, params }) => ({
    ok: null,
    text: visit.t(`accounts.rule.${name}`, params),
  }))
  return {
    rules,
    repeat: step.repeat,
    current: step.current,
    buttonTells: policy.password.buttonTells,
    identifier: identifierOf(policy, account),
  }
}

/** The mistakes in a new password, by field; empty when it will do. */
export function passwordMistakes(
  walk: Choosing,
  step: Pick<PlacedStep<'password'>, 'repeat'>,
  form: Form,
): FieldErrors {
  const [password, repeated] = [text(form, 'password'), text(form, 'repeat')]
  const unrepeated: FieldErrors = step.repeat && !repeated ? { repeat: { key: 'onboarding.password.repeatEmpty' } } : {}
  if (!password) return { password: { key: 'onboarding.password.empty' }, ...unrepeated }
  const broken = judgePassword(
    password,
    walk.policy.password,
    passwordContext(walk.visit, walk.account),
    walk.visit.house.leaked,
  ).rules.find((rule) => !rule.ok)
  if (broken) return { password: { key: `accounts.rule.${broken.name}.broken`, params: broken.params }, ...unrepeated }
  if (step.repeat && repeated && repeated.normalize('NFC') !== password.normalize('NFC'))
    return { repeat: { key: 'onboarding.password.differs' } }
  return unrepeated
}

export const hashed = (walk: Choosing, form: Form): Promise<string> =>
  walk.visit.house.hasher.hashPassword(text(form, 'password'))

/** Keeps a password already hashed; whatever temporary one there was is dead. @param version of the firm's choices it was judged by */
export async function storePassword(
  visit: Visit,
  accountId: string,
  hash: string,
  version = visit.tenant.version,
): Promise<void> {
  await visit.query('update account set password_hash = ?, password_set_at = ?, password_version = ? where id = ?', [
    hash,
    visit.at,
    version,
    accountId,
  ])
  await visit.query(
    `update one_time set used_at = ? where account_id = ? and purpose = 'temporaryPassword' and used_at is null and dead_at is null`,
    [visit.at, accountId],
  )
}

/** Saves the password somebody chose, and says so. The computer they chose it at stays trusted. */
export async function savePassword({ visit, account, run }: Walk, hash: string): Promise<void> {
  await trustAgain(visit, account.id, () => storePassword(visit, account.id, hash, run.policyVersion))
  await audit(visit, 'password.chosen', { subject: account.id, actor: account.id })
  await sendNotice(visit, account, 'passwordChanged')
}

/** Where the code for this number stands: the number is kept aside, sealed, until the code is right. */
export async function pendingPhone(walk: Walk): Promise<{ number: string; lastTwo: string } | null> {
  const number = await staged(walk, 'phone')
  return number ? { number, lastTwo: number.slice(-2) } : null
}

/** The number that was typed, or what is wrong with it and from which countries one would do. */
export function phoneRead(
  { policy: { sms }, language }: Visit,
  form: Form,
): { number: string } | { errors: FieldErrors } {
  const read = readPhone(text(form, 'phone'), sms.countries)
  return read.ok
    ? { number: read.e164 }
    : { errors: { phone: { key: read.key, params: { countries: countryNames(sms.countries, language) } } } }
}

/** Sends a code to the number and keeps it aside. Where none can go out it says why, unless one just went to the same number. */
export async function askCode(walk: Walk, number: string): Promise<FieldErrors | null> {
  const before = await staged(walk, 'phone')
  const unsent = await sendCodeTo(walk.visit, walk.account, 'phoneCode', number)
  if (unsent && !(unsent.reason === 'recent' && before === number)) return { phone: unsentError(unsent) }
  await stage(walk, 'phone', number)
  return null
}

/** Once more to the same number. @returns the notice to show */
export async function sendAgain(walk: Walk): Promise<string | FieldErrors> {
  const pending = await pendingPhone(walk)
  if (!pending) return 'onboarding.phone.gone'
  const unsent = await sendCodeTo(walk.visit, walk.account, 'phoneCode', pending.number)
  return unsent ? { code: unsentError(unsent) } : 'onboarding.code.sent'
}

/** In how many seconds another code can be asked; null: now. */
export const nextCode = (walk: Walk, number: string): Promise<number | null> =>
  nextCodeTo(walk.visit, walk.account, 'phoneCode', number)

export const checkPhoneCode = (walk: Walk, number: string, form: Form): Promise<FactorVerdict> =>
  checkSentCode(walk.visit, { accountId: walk.account.id, purpose: 'phoneCode', target: number }, text(form, 'code'))

/** Saves the number whose code was right, and wipes what was kept aside. */
export async function saveConfirmedPhone(walk: Walk, number: string): Promise<void> {
  await savePhone(walk.visit, walk.account.id, number)
  await unstage(walk)
  await audit(walk.visit, 'phone.confirmed', { subject: walk.account.id, actor: walk.account.id })
  await sendNotice(walk.visit, walk.account, 'phoneChanged')
}
