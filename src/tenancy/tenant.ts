import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { tenantKey, wall } from './isolation.ts'
import type { Policy } from './policy.ts'

/** A firm on this installation. Not a firm's own row, so without the wall; holds nothing of its clients. */
export const TenantRow = defineEntity({
  name: 'TenantRow',
  tableName: 'tenant',
  properties: {
    id: p.uuid().primary(),
    slug: p.text().unique(),
    dataKey: p.text(),
    createdAt: p.datetime(),
    suspendedAt: p.datetime().nullable(),
  },
})
export type TenantRow = InferEntity<typeof TenantRow>

/** What a firm chose, as it was published: immutable and numbered. A started onboarding keeps its version. */
export const PolicyVersion = defineEntity({
  name: 'PolicyVersion',
  tableName: 'policy_version',
  ...wall,
  properties: {
    ...tenantKey,
    version: p.integer().primary(),
    sha256: p.text(),
    policy: p.json<Policy>(),
    publishedAt: p.datetime(),
  },
})
export type PolicyVersion = InferEntity<typeof PolicyVersion>
