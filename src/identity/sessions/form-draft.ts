import { defineEntity, p } from '@mikro-orm/postgresql'
import { byTenant, ownKey, wall } from '../../tenancy/isolation.ts'

/** What somebody typed into a form that could not be taken because their session was over: sealed, for an hour, shown once. */
export const FormDraft = defineEntity({
  name: 'FormDraft',
  tableName: 'form_draft',
  ...wall,
  indexes: [byTenant('accountId')],
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    fields: p.text(),
    expiresAt: p.datetime(),
  },
})
