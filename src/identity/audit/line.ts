import { defineEntity, p } from '@mikro-orm/postgresql'
import { byTenant, tenantKey, wall } from '../../tenancy/isolation.ts'

/** One line of the firm's log: who did what to whom, and how it ended. `seq`, `prevHash` and `hash` are filled in by the database. */
export const AuditLine = defineEntity({
  name: 'AuditLine',
  tableName: 'audit_line',
  ...wall,
  indexes: [byTenant('subject', 'seq')],
  properties: {
    ...tenantKey,
    seq: p.integer().primary(),
    at: p.datetime(),
    actor: p.uuid().nullable(),
    action: p.text(),
    subject: p.uuid().nullable(),
    outcome: p.text().$type<'ok' | 'refused'>(),
    detail: p.json<Record<string, string>>(),
    network: p.text().nullable(),
    browser: p.text().nullable(),
    prevHash: p.text(),
    hash: p.text(),
  },
})
