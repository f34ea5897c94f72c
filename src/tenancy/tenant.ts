import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { tenantKey, wall } from './isolation.ts'
import type { Policy } from './policy.ts'

/** A firm on this installation. Not a firm's own row, so without the wall; holds nothing of its clients. */
export const TenantRow = defineEntity({
  name: 'TenantRow',
  tableName: 'tenant',
  indexes: [{ name: 'tenant_revision', properties: ['revision'] }],
  properties: {
    id: p.uuid().primary(),
    slug: p.text().unique(),
    dataKey: p.text(),
    createdAt: p.datetime(),
    suspendedAt: p.datetime().nullable(),
    /** The newest version of its choices, and of those what is asked of all firms at once; null until the first. */
    version: p.integer().nullable(),
    name: p.text().nullable(),
    domain: p.text().nullable(),
    sendsSms: p.boolean().default(false),
    /**
     * What its `tenant.json`, as this release reads it, and the rest of its folder were when they were last accepted.
     */
    fileDigest: p.text().nullable(),
    folderDigest: p.text().nullable(),
    /** Counts over all firms, at each publication: who knows everything up to a number asks for what is above it. */
    revision: p.integer().nullable(),
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
