import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { byTenant, ownKey, wall } from '../../tenancy/isolation.ts'
import type { FactorName } from '../../tenancy/policy.ts'

/** How far in somebody is: only the pages of the onboarding, only the second step, or all that is theirs. */
export type SessionLevel = 'onboarding' | 'secondStep' | 'signedIn'
/** What the session began with: the mailed link, the mailed temporary password, or the person's own password. */
export type Via = 'link' | 'temporary' | 'own' | 'passkey'

/** The truth about a session. The cookie only names it; alive, whose and how far is read from here on every request. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'portal_session',
  ...wall,
  uniques: [byTenant('digest')],
  properties: {
    ...ownKey,
    digest: p.text(),
    accountId: p.uuid(),
    level: p.text().$type<SessionLevel>(),
    via: p.text().$type<Via>(),
    factor: p.text().$type<FactorName>().nullable(),
    /** The number of the form that began it. */
    form: p.uuid().nullable(),
    startedAt: p.datetime(),
    authenticatedAt: p.datetime().nullable(),
    steppedUpAt: p.datetime().nullable(),
    lastSeenAt: p.datetime(),
    endsAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    browser: p.text(),
    network: p.text().nullable(),
  },
})
export type Session = InferEntity<typeof Session>

/** A computer on which the second step is skipped for a while. Void when password or factors change: see `fingerprint`. */
export const TrustedComputer = defineEntity({
  name: 'TrustedComputer',
  tableName: 'trusted_computer',
  ...wall,
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    digest: p.text(),
    fingerprint: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    browser: p.text(),
  },
})
