import { rowsOf } from '../../../tenancy/records.ts'
import { Passkey } from './entity.ts'

/** The passkeys somebody has and had; no keys. */
export const passkeyRecords = rowsOf(Passkey, 'passkey', {
  name: 'passkeys',
  starts: 'accountClosed',
  shows: ['name', 'created_at', 'used_at', 'removed_at'],
  order: 'created_at',
})
