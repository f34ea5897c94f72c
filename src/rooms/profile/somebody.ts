import type { Language } from '../../tenancy/policy.ts'
import type { PersonVisit, Visit } from '../../tenancy/visit.ts'

/** Whose account a mailed link is about, as far as a mail needs to know them. */
export interface Somebody {
  id: string
  name: string
  email: string
  language: Language
}

/** Whether the person of this account is signed in in this browser. */
export const isPerson = (visit: Visit, accountId: string): visit is PersonVisit =>
  visit.session?.level === 'signedIn' && visit.person?.id === accountId
