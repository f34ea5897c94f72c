import { messageRecords } from './message-records.ts'
import { InstallationKey, MasterKey } from '../platform/crypto/key-entities.ts'
import { Attempt } from '../platform/limits/attempt.ts'
import type { Module } from './manifest.ts'
import { OutboxDue, OutboxMessage } from './outbox-message.ts'
import { PolicyVersion, TenantRow } from './tenant.ts'
import { WorkDue } from './work-due.ts'

/** Firms and their outbox; and of the platform, which knows no modules, its tables and what it does by itself. */
export const tenancy: Module = {
  name: 'tenancy',
  required: true,
  records: [messageRecords],
  entities: [TenantRow, PolicyVersion, MasterKey, InstallationKey, Attempt, OutboxMessage, OutboxDue, WorkDue],
  jobs: [
    {
      name: 'limits',
      when: '17 * * * *',
      atInstallation: ({ limits, clock }) => limits.sweep(clock.now()),
    },
  ],
}
