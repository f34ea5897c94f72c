/** What other modules may do with the backup code. */
export { backupCodesSoFar, keepBackupCode } from './codes.ts'
export { backupCodeFrom } from './format.ts'
export { backupPaper, type BackupPaper } from './paper.ts'
