import { backupPaperSample } from '../../../../identity/factors/index.ts'
import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, usual } from '../../sample-parts.ts'
import { backupCodeView } from '../../views.ts'

const backup = { ...backupPaperSample, confirm: false, again: false, switchesOff: false }

export const samples: Samples = states(backupCodeView, {
  ...usual(on('backup-code', backup)),
  confirm: { data: on('backup-code', { ...backup, confirm: true }) },
  notSaved: {
    data: on('backup-code', { ...backup, confirm: true }),
    errors: { saved: { key: 'onboarding.backupCode.notSaved' } },
  },
  again: { data: on('backup-code', { ...backup, again: true, switchesOff: true, progress: null }) },
})
