import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { tenantKey, wall } from '../../tenancy/isolation.ts'
import type { Language } from '../../tenancy/policy.ts'

/**
 * That somebody agreed to a version of the firm's terms: once, and never changed. The text itself stands in the choices
 * as they were published (`policyVersion`), which are kept for good; `digest` proves that it is that text.
 */
export const TermsAcceptance = defineEntity({
  name: 'TermsAcceptance',
  tableName: 'terms_acceptance',
  ...wall,
  properties: {
    ...tenantKey,
    accountId: p.uuid().primary(),
    version: p.text().primary(),
    policyVersion: p.integer(),
    language: p.text().$type<Language>(),
    digest: p.text(),
    acceptedAt: p.datetime(),
  },
})
export type TermsAcceptance = InferEntity<typeof TermsAcceptance>
