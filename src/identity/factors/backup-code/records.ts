import { rowsOf } from '../../../tenancy/records.ts'
import { BackupCode } from './entity.ts'

/** When backup codes were made and used; never the codes. */
export const backupCodeRecords = rowsOf(BackupCode, 'backup_code', {
  name: 'backupCodes',
  starts: 'accountClosed',
  shows: ['created_at', 'used_at', 'replaced_at'],
  order: 'created_at',
})
