import { view } from '../../platform/views/view.ts'
import type { Context } from '../../tenancy/context.ts'
import { passwordContext } from './accounts.ts'
import type { Account } from './account.ts'
import { judgePassword, passwordRules } from './password-rules.ts'

/** A rule as the list on the page shows it; `ok` is null as long as nothing was typed. */
export interface ShownRule {
  text: string
  ok: boolean | null
}
/** What the page says about a password: rule by rule, and the words of its button (always the same ones where the firm's button does not tell). */
export interface ShownRules {
  rules: ShownRule[]
  button: string
}

/** The list that follows what is typed; `tells`: the button says how many rules are still open. */
export const rulesView = view<ShownRules & { tells: boolean }>('accounts/part-rules')

/** The firm's rules in words, with the verdict on what was typed so far; '' is nothing yet. The password is not kept. */
export function shownRules(
  context: Context,
  password: string,
  person: Pick<Account, 'name' | 'email' | 'username'> | null,
): ShownRules {
  const policy = context.policy.password
  const judged = password
    ? judgePassword(password, policy, passwordContext(context, person), context.services.leaked).rules
    : passwordRules(policy, context.services.leaked).map((rule) => ({ ...rule, ok: null }))
  const open = judged.filter((rule) => !rule.ok).length
  return {
    rules: judged.map(({ name, params, ok }) => ({ text: context.t(`accounts.rule.${name}`, params), ok })),
    button: policy.buttonTells
      ? context.t(open ? 'accounts.password.not-yet' : 'accounts.password.ready', { open })
      : context.t('accounts.password.save'),
  }
}
