import { defineEntity, p } from '@mikro-orm/postgresql'
import { byTenant, ownKey, wall } from '../../../tenancy/isolation.ts'

/** The one code for when everything else is lost. Kept as HMAC, from the moment the person has put it away. */
export const BackupCode = defineEntity({
  name: 'BackupCode',
  tableName: 'backup_code',
  ...wall,
  // Looked at on every request: used ones too, which the index of the living one does not hold.
  indexes: [byTenant('accountId')],
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    digest: p.text(),
    createdAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    replacedAt: p.datetime().nullable(),
  },
})
