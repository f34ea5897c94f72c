import type { Language } from './policy.ts'

/** Who is here, as far as authorization has found out. */
export interface Person {
  id: string
  kind: 'client' | 'staff' | 'admin'
  name: string
  email: string
  username: string | null
  role: string | null
  organisationId: string | null
  language: Language
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
