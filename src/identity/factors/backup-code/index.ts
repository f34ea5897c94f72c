/** What other modules may do with the backup code. */
export { backupCodesSoFar, saveBackupCode } from './store.ts'
export { backupCodeFrom } from './format.ts'
export { backupPaper, backupPaperSample, type BackupPaper } from './paper.ts'
export { backupCodeActions } from './audit-actions.ts'
export { backupCodeNotices } from './notices.ts'
export { backupRow } from './row.ts'
