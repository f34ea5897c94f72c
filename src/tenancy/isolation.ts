import { p } from '@mikro-orm/postgresql'

/**
 * The tenant wall. Every row that belongs to a firm has these two columns as its key and this policy on its table:
 * PostgreSQL itself shows and takes only rows of the firm named in the transaction's `app.tenant`.
 * Unset means an error, not "all rows".
 */
const mine = (columns: { tenantId: string }) => `${columns.tenantId} = current_setting('app.tenant')::uuid`

/** Spread into defineEntity({...}): forced row-level security, for the table's owner too. */
export const wall = {
  rowLevelSecurity: 'force' as const,
  policies: [{ name: 'tenant', using: mine, check: mine }],
}

/** The first half of every key of a firm's rows; keys, uniques and foreign keys start with it. */
export const tenantKey = { tenantId: p.uuid().primary() }

/** Spread into the properties of an ordinary row: tenant and id. */
export const ownKey = { ...tenantKey, id: p.uuid().primary() }

/**
 * A unique or an index of a firm's rows, which begins with the firm, over these properties of the entity. Its type
 * would be of the entity that is only just being made; `test/architecture/entities` compares it with the migrated
 * table.
 */
export const byTenant = (...properties: string[]) => ({
  properties: ['tenantId', ...properties] as never, // see above
})

/** For the few tables that are looked at over all firms: a firm's own transactions see their own rows, as everywhere; a worker, which is at no firm, sees them all. */
export const mineOrWorker = (columns: { tenantId: string }) =>
  `case when current_user = 'portal_app' then ${columns.tenantId} = current_setting('app.tenant')::uuid else true end`
