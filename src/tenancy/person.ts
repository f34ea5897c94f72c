import type { Language } from './policy.ts'

/** Who is here, as authorization found them when the request came: what it knows need not be asked again. */
export interface Person {
  id: string
  kind: 'client' | 'staff' | 'admin'
  name: string
  email: string
  username: string | null
  role: string | null
  organisationId: string | null
  language: Language
  /** When they were here before this time; null on their first visit. */
  previousSignInAt: Date | null
  /** Since when mail to them comes back. */
  mailFailedAt: Date | null
  /** What their account has of each requirement, by its name. */
  requirementFacts: Readonly<Record<string, unknown>>
}

/** The living session behind the cookie. */
export interface SessionFacts {
  id: string
  level: 'onboarding' | 'secondStep' | 'signedIn'
  via: 'link' | 'temporary' | 'own' | 'passkey'
  factor: string | null
  /** When they last showed who they are: signing in with all that is asked of them, or stepping up since. */
  authenticatedAt: Date | null
  /** When they were let in. What was set up later in this session shows nothing in it: whoever found it open could have done that. */
  signedInAt: Date
  startedAt: Date
  endsAt: Date
}

/**
 * Whether somebody is of the firm itself, staff or an administrator, and no client's: of them more is asked. What they
 * may is a permission.
 */
export const isOwnPeople = ({ kind }: Pick<Person, 'kind'>): boolean => kind !== 'client'
