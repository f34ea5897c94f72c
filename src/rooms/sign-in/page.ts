import { page, type Page } from '../../platform/answer.ts'
import type { Purpose } from '../../tenancy/one-time.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { askPasskey } from '../factors/index.ts'

/** Signing in with a passkey alone: nobody said yet who they are. */
export const byPasskey: { purpose: Purpose; accountId: null } = { purpose: 'passkeySignIn', accountId: null }

/** The sign-in page: name and password at once, or first the name; and, where the firm takes it, a passkey instead of both. */
export async function signInPage(visit: Visit, identifier = visit.browser.recall('identifier') ?? ''): Promise<Page> {
  const { identifier: by, layout, passkey } = visit.policy.signIn
  return page('sign-in/index', { by, layout, values: { identifier }, passkey: passkey ? await askPasskey(visit, byPasskey) : null })
}
