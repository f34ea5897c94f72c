import { page, type Page } from '../../platform/http/answer.ts'
import type { Purpose } from '../../identity/tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { askPasskey, offersBackup, offersGiven, type Installation } from '../../identity/factors/index.ts'
import { indexView, type Help } from './views.ts'

/** Signing in with a passkey alone: nobody said yet who they are. */
export const byPasskey: { purpose: Purpose; accountId: null } = { purpose: 'passkeySignIn', accountId: null }

/**
 * The sign-in page: name and password at once, or first the name; and, where the firm takes it, a passkey instead of
 * both.
 */
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
export function helpFor(context: Pick<Context, 'policy'> & Installation): Help {
  const { policy } = context
  const { of } = policy.secondFactor
  return {
    by: policy.signIn.identifier,
    backupCode: offersBackup(context, policy),
    mail: offersGiven(context, policy),
    several: of.length > 1,
  }
}
