import { defineEntity, p } from '@mikro-orm/postgresql'
import { byTenant, ownKey, wall } from '../../tenancy/isolation.ts'

/** What a one-time thing is for. A link or code made for one purpose is worth nothing for another. */
export type Purpose =
  | 'activation'
  | 'temporaryPassword'
  | 'signInCode'
  | 'phoneCode'
  | 'passkeySignIn'
  | 'passkeyNew'
  | 'stepUpCode'
  | 'emailChange'
  | 'notMe'
  | 'reset'
  | 'releasedReset'
  | 'resetCode'
  | 'resetCancel'
  | 'approverJoin'
  | 'knowBrowser'

/**
 * The one table of links and codes that work once. Links are kept as SHA-256, short codes as HMAC with a key that is
 * not in the database. Used, dead and tries are facts decided by one conditional UPDATE each.
 */
export const OneTime = defineEntity({
  name: 'OneTime',
  tableName: 'one_time',
  ...wall,
  indexes: [byTenant('digest'), byTenant('accountId', 'purpose')],
  properties: {
    ...ownKey,
    purpose: p.text().$type<Purpose>(),
    accountId: p.uuid(),
    target: p.text().nullable(),
    /** What it is about, sealed: the address or number that is to be confirmed, or that a notice went to. */
    held: p.text().nullable(),
    /** The digest of the browser's session that asked, for a code that lets somebody further in that session only. */
    holder: p.text().nullable(),
    digest: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    deadAt: p.datetime().nullable(),
    tries: p.integer().default(0),
    triesAllowed: p.integer().nullable(),
  },
})
