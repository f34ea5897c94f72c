import { defineEntity, p } from '@mikro-orm/postgresql'
import { byTenant, ownKey, wall } from '../../tenancy/isolation.ts'

/** A client organisation of the firm: the employer, company or practice its people sign in for. */
export const Organisation = defineEntity({
  name: 'Organisation',
  tableName: 'organisation',
  ...wall,
  uniques: [byTenant('name')],
  properties: { ...ownKey, name: p.text(), createdAt: p.datetime() },
})
