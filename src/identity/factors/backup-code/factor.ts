import { backupCodeRecords } from './records.ts'
import { backupCodeActions } from './audit-actions.ts'
import { wrong, type Factor } from '../factor.ts'
import { BackupCode } from './entity.ts'
import { readBackupCode } from './format.ts'
import { backupCodeNotices } from './notices.ts'
import { backupRow } from './row.ts'
import { backupCodes, useBackupCode } from './store.ts'

/** The code on paper, for when the phone is gone. Works once; the next sign-in step shows its replacement. */
export const backupCode: Factor = {
  name: 'backupCode',
  kind: 'backup',
  entities: [BackupCode],
  auditActions: Object.values(backupCodeActions),
  notices: Object.values(backupCodeNotices),
  records: [backupCodeRecords],
  enrolments: backupCodes,
  endsTrust: false,
  noticeWhenUsed: backupCodeNotices.used,
  sends: false,
  stepsUp: true,
  strength: 0,
  asks: 'letters',
  row: async (_context, { offers, strong, newest }) => (offers && strong ? backupRow(newest) : null),
  sample: { sentTo: null, ask: {} },
  begin: async () => null,
  sentTo: async () => null,
  async check(context, owner, typed) {
    const read = readBackupCode(typed)
    if (!read.ok) return wrong(read.key, read.params)
    return (await useBackupCode(context, owner, read.code)) ? { ok: true } : wrong('factors.backup-code.wrong')
  },
}
