import { page, type Page } from '../../platform/http/answer.ts'
import type { Purpose } from '../../identity/tokens/index.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { askPasskey, factors, offersBackupCode } from '../../identity/factors/index.ts'
import { indexView, type Help } from './views.ts'

/** Signing in with a passkey alone: nobody said yet who they are. */
export const byPasskey: { purpose: Purpose; accountId: null } = { purpose: 'passkeySignIn', accountId: null }

/** The sign-in page: name and password at once, or first the name; and, where the firm takes it, a passkey instead of both. */
export async function signInPage(
  context: Context,
  identifier = context.browser.get('identifier') ?? '',
): Promise<Page> {
  const { identifier: by, layout, passkey } = context.policy.signIn
  return page(indexView, {
    by,
    layout,
    values: { identifier },
    passkey: passkey ? await askPasskey(context, byPasskey) : null,
  })
}

/** What the help page may speak of: only what this firm has. */
export function helpFor(policy: Policy): Help {
  const { of } = policy.secondFactor
  return {
    by: policy.signIn.identifier,
    backupCode: offersBackupCode(policy),
    mail: of.some((name) => factors[name].kind === 'given'),
    several: of.length > 1,
  }
}
