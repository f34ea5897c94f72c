import { rowsOf } from '../../../tenancy/records.ts'
import { Authenticator } from './entity.ts'

/** The apps with codes somebody has and had; no secrets. */
export const appRecords = rowsOf(Authenticator, 'authenticator', {
  name: 'apps',
  starts: 'accountClosed',
  shows: ['name', 'confirmed_at', 'removed_at'],
  order: 'confirmed_at',
})
