import { defineEntity, p } from '@mikro-orm/postgresql'
import { byTenant, ownKey, tenantKey, wall } from '../../tenancy/isolation.ts'

/**
 * A browser in which somebody signed in before, by the digest of a token in its cookie. It opens nothing: its tries are
 * counted apart.
 */
export const KnownBrowser = defineEntity({
  name: 'KnownBrowser',
  tableName: 'known_browser',
  ...wall,
  uniques: [byTenant('accountId', 'digest')],
  properties: { ...ownKey, accountId: p.uuid(), digest: p.text(), createdAt: p.datetime(), seenAt: p.datetime() },
})

/** An account that so many tries failed at that its owner is to be told. Removed when that is done. */
export const SignInAlarm = defineEntity({
  name: 'SignInAlarm',
  tableName: 'sign_in_alarm',
  ...wall,
  properties: { ...tenantKey, accountId: p.uuid().primary(), at: p.datetime() },
})
