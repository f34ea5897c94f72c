import { defineEntity, p } from '@mikro-orm/postgresql'
import { byTenant, ownKey, wall } from '../../../tenancy/isolation.ts'

/** A passkey (WebAuthn Level 3): the public half of a key pair that never leaves the person's device or key ring. */
export const Passkey = defineEntity({
  name: 'Passkey',
  tableName: 'passkey',
  ...wall,
  uniques: [byTenant('credential')],
  indexes: [byTenant('accountId')],
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    name: p.text(),
    /** The credential's id, base64url. */
    credential: p.text(),
    /** COSE key, base64url. */
    publicKey: p.text(),
    /** Signature counter: a lower one than before tells of a copied key. */
    counter: p.bigint('number'),
    transports: p.text(),
    /** Kept in a key ring that travels between devices. */
    synced: p.boolean(),
    createdAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    removedAt: p.datetime().nullable(),
  },
})
