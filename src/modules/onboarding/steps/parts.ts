import { line, proof, secret } from '../../../tenancy/route.ts'
import type { FieldErrors } from '../../../platform/http/answer.ts'
import type { PlacedStep } from '../../../tenancy/policy.ts'
import { sendNotice } from '../../../identity/notices/index.ts'
import type { Context } from '../../../tenancy/context.ts'
import {
  countryNames,
  identifierOf,
  judgePassword,
  passwordContext,
  passwordRules,
  readPhone,
} from '../../../identity/accounts/index.ts'
import { audit } from '../../../identity/audit/index.ts'
import {
  checkSentCode,
  nextCodeTo,
  savePhone,
  sendCodeTo,
  unsentError,
  type FactorVerdict,
} from '../../../identity/factors/index.ts'
import { trustAgain } from '../../../identity/sessions/index.ts'
import { stage, staged, unstage } from '../staged.ts'
import { text, type Form, type Walk } from '../step.ts'

/** The password and phone parts of a form, whether each stands alone or both stand together. */

export const passwordFields = { password: secret(), repeat: secret() }
export const phoneFields = { phone: line(), code: proof() }

/** Who chooses a password, and by which rules: somebody on their way, or somebody who forgot theirs. */
export type Choosing = Pick<Walk, 'context' | 'policy' | 'account'>

/** What is asked of a new password, for the page (`onboarding/part-password`): in words, with a verdict where one can be given. */
export interface PasswordAsked {
  rules: { ok: boolean | null; text: string }[]
  repeat: boolean
  /** The password they have now is asked too. */
  current: boolean
  buttonTells: boolean
  identifier: string | null
}

/** What is asked of who chooses a password here. */
export function passwordAsked(
  { context, policy, account }: Choosing,
  step: Pick<PlacedStep<'password'>, 'repeat' | 'current'>,
): PasswordAsked {
  const rules = passwordRules(policy.password, context.services.leaked).map(({ name, params }) => ({
    ok: null,
    text: context.t(`accounts.rule.${name}`, params),
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
    passwordContext(walk.context, walk.account),
    walk.context.services.leaked,
  ).rules.find((rule) => !rule.ok)
  if (broken) return { password: { key: `accounts.rule.${broken.name}.broken`, params: broken.params }, ...unrepeated }
  if (step.repeat && repeated && repeated.normalize('NFC') !== password.normalize('NFC'))
    return { repeat: { key: 'onboarding.password.differs' } }
  return unrepeated
}

export const hashed = (walk: Choosing, form: Form): Promise<string> =>
  walk.context.services.hasher.hashPassword(text(form, 'password'))

/** Keeps a password already hashed; whatever temporary one there was is dead. @param version of the firm's choices it was judged by */
export async function storePassword(
  context: Context,
  accountId: string,
  hash: string,
  version = context.tenant.version,
): Promise<void> {
  await context.query('update account set password_hash = ?, password_set_at = ?, password_version = ? where id = ?', [
    hash,
    context.at,
    version,
    accountId,
  ])
  await context.query(
    `update one_time set used_at = ? where account_id = ? and purpose = 'temporaryPassword' and used_at is null and dead_at is null`,
    [context.at, accountId],
  )
}

/** Saves the password somebody chose, and says so. The computer they chose it at stays trusted. */
export async function savePassword({ context, account, run }: Walk, hash: string): Promise<void> {
  await trustAgain(context, account.id, () => storePassword(context, account.id, hash, run.policyVersion))
  await audit(context, 'password.chosen', { subject: account.id, actor: account.id })
  await sendNotice(context, account, 'passwordChanged')
}

/** Where the code for this number stands: the number is kept aside, sealed, until the code is right. */
export async function pendingPhone(walk: Walk): Promise<{ number: string; lastTwo: string } | null> {
  const number = await staged(walk, 'phone')
  return number ? { number, lastTwo: number.slice(-2) } : null
}

/** The number that was typed, or what is wrong with it and from which countries one would do. */
export function phoneRead(
  { policy: { sms }, language }: Context,
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
  const unsent = await sendCodeTo(walk.context, walk.account, 'phoneCode', number)
  if (unsent && !(unsent.reason === 'recent' && before === number)) return { phone: unsentError(unsent) }
  await stage(walk, 'phone', number)
  return null
}

/** Once more to the same number. @returns the notice to show */
export async function sendAgain(walk: Walk): Promise<string | FieldErrors> {
  const pending = await pendingPhone(walk)
  if (!pending) return 'onboarding.phone.gone'
  const unsent = await sendCodeTo(walk.context, walk.account, 'phoneCode', pending.number)
  return unsent ? { code: unsentError(unsent) } : 'onboarding.code.sent'
}

/** In how many seconds another code can be asked; null: now. */
export const nextCode = (walk: Walk, number: string): Promise<number | null> =>
  nextCodeTo(walk.context, walk.account, 'phoneCode', number)

export const checkPhoneCode = (walk: Walk, number: string, form: Form): Promise<FactorVerdict> =>
  checkSentCode(walk.context, { accountId: walk.account.id, purpose: 'phoneCode', target: number }, text(form, 'code'))

/** Saves the number whose code was right, and wipes what was kept aside. */
export async function saveConfirmedPhone(walk: Walk, number: string): Promise<void> {
  await savePhone(walk.context, walk.account.id, number)
  await unstage(walk)
  await audit(walk.context, 'phone.confirmed', { subject: walk.account.id, actor: walk.account.id })
  await sendNotice(walk.context, walk.account, 'phoneChanged')
}
