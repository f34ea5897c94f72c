import { view } from '../../platform/views/view.ts'
import type { Asked } from '../../identity/challenge/index.ts'
import type { LinkState } from '../../identity/tokens/index.ts'
import type { FactorName, Policy } from '../../tenancy/policy.ts'

type By = Policy['signIn']['identifier']

export const indexView = view<{
  by: By
  layout: Policy['signIn']['layout']
  /** The options of a passkey, where the firm takes one instead of name and password. */
  passkey: string | null
}>('sign-in/index')

export const passwordView = view<{ by: By; identifier: string }>('sign-in/password')

/** `trust`: for how long this computer may be trusted (ISO 8601), where it may. */
export type SignInCode = Asked & { trust: string | null }
export const codeView = view<SignInCode>('sign-in/code')

/** `now`: the way in use. */
export const otherView = view<{ now: FactorName; ways: FactorName[] }>('sign-in/other')

/** What the help page may speak of: only what this firm has. */
export interface Help {
  by: By
  backupCode: boolean
  mail: boolean
  several: boolean
}
export const helpView = view<Help>('sign-in/help')

export const browserView = view<{ action: string }>('sign-in/browser')
export const browserGoneView = view<{ state: LinkState['state'] }>('sign-in/browser-gone')
