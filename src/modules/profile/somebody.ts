import type { Language } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'

/** Whose account a mailed link is about, as far as a mail needs to know them. */
export interface Somebody {
  id: string
  name: string
  email: string
  language: Language
}

/** Whether the person of this account is signed in in this browser. */
export const isPerson = (context: Context, accountId: string): context is PersonContext =>
  context.session?.level === 'signedIn' && context.person?.id === accountId
