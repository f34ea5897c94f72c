import { text } from '../../platform/i18n/texts.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import {
  brokenRule,
  changePassword,
  identifierOf,
  passwordContext,
  passwordRules,
  type Account,
} from '../accounts/index.ts'
import { spendTemporaryPassword } from '../tokens/index.ts'

/** Who chooses a password, and by which rules: somebody on their way, or somebody who forgot theirs. */
export interface Choosing {
  context: Context
  policy: Policy
  account: Account
}

/** What was typed into the fields of a new password. */
export interface TypedPassword {
  password: string
  repeat: string
}

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
  { repeat, current }: { repeat: boolean; current: boolean },
): PasswordAsked {
  const rules = passwordRules(policy.password, context.services.leaked).map(({ name, params }) => ({
    ok: null,
    text: context.t(`accounts.rule.${name}`, params),
  }))
  return {
    rules,
    repeat,
    current,
    buttonTells: policy.password.buttonTells,
    identifier: identifierOf(policy, account),
  }
}

/** The mistakes in a new password, by field; empty when it will do. */
export function passwordMistakes(
  { context, policy, account }: Choosing,
  step: { repeat: boolean },
  { password, repeat: repeated }: TypedPassword,
): FieldErrors {
  const unrepeated: FieldErrors = step.repeat && !repeated ? { repeat: { key: 'onboarding.password.repeatEmpty' } } : {}
  if (!password) return { password: { key: 'onboarding.password.empty' }, ...unrepeated }
  const broken = brokenRule(password, policy.password, passwordContext(context, account), context.services.leaked)
  if (broken) return { password: text(`accounts.rule.${broken.name}.broken`, broken.params), ...unrepeated }
  if (step.repeat && repeated && repeated.normalize('NFC') !== password.normalize('NFC'))
    return { repeat: { key: 'onboarding.password.differs' } }
  return unrepeated
}

export const hashed = ({ services }: Pick<Context, 'services'>, { password }: { password: string }): Promise<string> =>
  services.hasher.hashPassword(password)

/** Keeps a password already hashed; whatever temporary one there was is dead. @param version of the firm's choices it was judged by */
export async function storePassword(
  context: Context,
  accountId: string,
  hash: string,
  version = context.tenant.version,
): Promise<void> {
  await changePassword(context, accountId, hash, version)
  await spendTemporaryPassword(context, accountId)
}
