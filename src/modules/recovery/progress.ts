import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { ownKey, wall } from '../../tenancy/isolation.ts'
import type { FactorName } from '../../tenancy/policy.ts'

/**
 * What one browser has shown on one mailed link. Tied to the browser: who finds the same link later, in a mailbox that
 * is not theirs, begins at the beginning. Password (its hash) and number wait sealed, and are wiped with the row.
 */
export const ResetProgress = defineEntity({
  name: 'ResetProgress',
  tableName: 'reset_progress',
  ...wall,
  uniques: [{ properties: ['tenantId', 'linkId', 'browser'] as never }],
  properties: {
    ...ownKey,
    linkId: p.uuid(),
    browser: p.text(),
    accountId: p.uuid(),
    begunAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
    way: p.text().$type<FactorName>().nullable(),
    provenAt: p.datetime().nullable(),
    password: p.text().nullable(),
    number: p.text().nullable(),
    stagedAt: p.datetime().nullable(),
    numberProvenAt: p.datetime().nullable(),
  },
})
export type ResetProgress = InferEntity<typeof ResetProgress>
