import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { byTenant, ownKey, wall } from '../../tenancy/isolation.ts'

/** Who somebody is to the firm: a client, one of its staff, or the one who decides for the firm. */
export type Kind = 'client' | 'staff' | 'admin'

/**
 * Of somebody who is not active yet. `none`: never invited; `sent`: waits; `begun`: waits, and the activation was begun;
 * `opened`: used, or the activation begun without one; `refused`: died.
 */
export type Invitation = 'none' | 'sent' | 'begun' | 'opened' | 'refused'

/** As PostgreSQL gives it back, so that it is seen to be the same. */
const soughtText = `((((lower(name) || chr(10)) || email_lookup) || chr(10)) || COALESCE(username, ''::text)) stored`

/** A person at one firm. The same person at two firms is two accounts that do not know of each other. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'account',
  ...wall,
  uniques: [byTenant('emailLookup'), byTenant('usernameLookup')],
  indexes: [byTenant('organisationId')],
  properties: {
    ...ownKey,
    kind: p.text().$type<Kind>(),
    name: p.text(),
    email: p.text(),
    emailLookup: p.text(),
    username: p.text().nullable(),
    usernameLookup: p.text().nullable(),
    role: p.text().nullable(),
    organisationId: p.uuid().nullable(),
    birthDate: p.text().nullable(),
    language: p.text().$type<'nl' | 'en'>(),
    passwordHash: p.text().nullable(),
    passwordSetAt: p.datetime().nullable(),
    /** The version of the firm's choices by which the password was last seen to be good enough; null: from before that was kept. */
    passwordVersion: p.integer().nullable(),
    createdAt: p.datetime(),
    activatedAt: p.datetime().nullable(),
    blockedAt: p.datetime().nullable(),
    lastSignInAt: p.datetime().nullable(),
    previousSignInAt: p.datetime().nullable(),
    /** When they were last told by mail that the firm asks more. */
    toldAt: p.datetime().nullable(),
    /** Since when mail to them comes back. */
    mailFailedAt: p.datetime().nullable(),
    /** From when their invitation goes out by itself; null: it went, or never was to. */
    inviteAfter: p.datetime().nullable(),
    /** Invited by a client, while the address is that of somebody the firm knows elsewhere: nobody can sign in by this row. */
    knownElsewhere: p.boolean().default(false),
    /** Where the newest invitation stands, and until when it waits: kept by the database, from links and activations. */
    invitation: p.text().$type<Invitation>().default('none'),
    invitationEndsAt: p.datetime().nullable(),
    /** What a search looks in, made by the database. */
    sought: p.text().generated(soughtText).nullable(),
  },
})
/** As statements give it, without what only a search reads. */
export type Account = Omit<InferEntity<typeof Account>, 'sought'>
