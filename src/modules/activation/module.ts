import type { Module } from '../../tenancy/manifest.ts'
import { sendScheduled } from './scheduled.ts'
import { invitationPolicy, rolesExist } from './policy.ts'
import { invitationRecords } from './records.ts'
import { seed } from './seed.ts'
import { expiringTasks } from './tasks.ts'
import { routes } from './routes.ts'
import { mails } from './mails.ts'
import { invitationActions } from './audit-actions.ts'

/** Invitations, and the link in them. */
export const activation: Module = {
  name: 'activation',
  auditActions: Object.values(invitationActions),
  mails,
  required: true,
  policy: [invitationPolicy],
  policyChecks: [rolesExist],
  mounts: [{ address: '/activation', routes }],
  jobs: [{ name: 'held-invitations', when: '*/10 * * * *', atFirm: sendScheduled }],
  tasks: [expiringTasks],
  records: [invitationRecords],
  seed,
  samples: () => import('./samples.ts'),
}
