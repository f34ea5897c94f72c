import { requestRecords } from './records.ts'
import type { Module } from '../../tenancy/manifest.ts'
import { decideOwnResets, decideResets } from './permissions.ts'
import { recoveryHoldsTogether } from './policy-checks.ts'
import { RecoveryRelease, RecoveryRequest } from './entities.ts'
import { fulfilDue } from './fulfil.ts'
import { sweepRecovery } from './sweep.ts'
import { requestTasks } from './tasks.ts'
import { routes } from './routes.ts'
import { endRecovery } from './save.ts'
import { mails } from './mails.ts'
import { recoveryActions } from './audit-actions.ts'

/** Getting back in, for who lost a password or a factor. */
export const recovery: Module = {
  name: 'recovery',
  records: [requestRecords],
  auditActions: Object.values(recoveryActions),
  mails,
  required: true,
  permissions: [decideResets, decideOwnResets],
  policyChecks: [recoveryHoldsTogether],
  entities: [RecoveryRequest, RecoveryRelease],
  mounts: [{ address: '/recovery', routes }],
  jobs: [
    { name: 'recovery', when: '* * * * *', atFirm: fulfilDue },
    { name: 'recovery-sweep', when: '*/10 * * * *', atFirm: sweepRecovery },
  ],
  tasks: [requestTasks],
  endsWaysIn: endRecovery,
  samples: () => import('./samples.ts'),
}
