import { backupCodeActions } from './audit-actions.ts'
import { wrong, type Factor } from '../factor.ts'
import { BackupCode } from './entity.ts'
import { readBackupCode } from './format.ts'
import { backupCodes, useBackupCode } from './store.ts'

/** The code on paper, for when the phone is gone. Works once; the next sign-in step shows its replacement. */
export const backupCode: Factor = {
  name: 'backupCode',
  kind: 'backup',
  fact: 'backupCode',
  entities: [BackupCode],
  auditActions: Object.values(backupCodeActions),
  enrolments: backupCodes,
  endsTrust: false,
  noticeWhenUsed: 'backupCodeUsed',
  enrolled: (facts) => facts.backupCode,
  sends: false,
  stepsUp: true,
  asks: 'letters',
  sample: { sentTo: null, ask: {} },
  begin: async () => null,
  sentTo: async () => null,
  async check(context, owner, typed) {
    const read = readBackupCode(typed)
    if (!read.ok) return wrong(read.key, read.params)
    return (await useBackupCode(context, owner, read.code)) ? { ok: true } : wrong('factors.backup-code.wrong')
  },
}
