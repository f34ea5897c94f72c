import { factorNotice } from '../notices.ts'

/** What its owner is told. */
export const backupCodeNotices = {
  made: factorNotice('backupCodeMade'),
  used: factorNotice('backupCodeUsed'),
}
