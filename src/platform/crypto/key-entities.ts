import { defineEntity, p } from '@mikro-orm/postgresql'

/** A master key this database was ever used with: what it is known again by, nothing of the key itself. */
export const MasterKey = defineEntity({
  name: 'MasterKey',
  tableName: 'master_key',
  properties: { id: p.text().primary(), fingerprint: p.text(), firstUsedAt: p.datetime() },
})

/** A key of the installation, wrapped with a master key: so it stays the same when master keys change. */
export const InstallationKey = defineEntity({
  name: 'InstallationKey',
  tableName: 'installation_key',
  properties: { name: p.text().primary(), wrapped: p.text() },
})
