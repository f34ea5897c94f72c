import type { MikroORM } from '@mikro-orm/postgresql'
import type { ClientBase } from 'pg'
import { freshEm } from '../platform/db/database.ts'
import { lockName } from '../platform/db/locks.ts'
import { rowsOn, tables, type Bound } from '../platform/db/tables.ts'
import type { Policy } from './policy.ts'
import { PolicyVersion, TenantRow } from './tenant.ts'

const db = tables(TenantRow, PolicyVersion)

/** Processes are told on it that a firm was published (NOTIFY). */
export const changesChannel = 'tenant_published'
/** Who publishes does so alone, so that revisions are committed in their order. */
const turn = 'publish firms'

/** A firm as it was last published, without its choices. */
export interface PublishedTenant {
  id: string
  slug: string
  version: number
  name: string
  domain: string | null
  sendsSms: boolean
  fileDigest: string | null
  folderDigest: string | null
  revision: number
}

/** The firms that were published since, in that order; with 0 all of them. At no firm. */
export async function publishedSince(at: Bound, revision: number): Promise<PublishedTenant[]> {
  const rows = await db(at)
    .selectFrom('tenant')
    .select([
      'id',
      'slug',
      'version',
      'name',
      'domain',
      'sends_sms as sendsSms',
      'file_digest as fileDigest',
      'folder_digest as folderDigest',
      'revision',
    ])
    .where('revision', '>', revision)
    .orderBy('revision')
    .execute()
  return rows.flatMap(({ version, revision: number, name, ...row }) =>
    version === null || number === null ? [] : [{ ...row, version, revision: number, name: name ?? row.slug }],
  )
}

/** A published version of a firm's choices. */
export interface StoredVersion {
  version: number
  policy: Policy
  published_at: Date
}

/** Every version of the firm's choices, the oldest first. */
export const versionsOf = (at: Bound, tenantId: string): Promise<StoredVersion[]> =>
  db(at)
    .selectFrom('policy_version')
    .select(['version', 'policy', 'published_at'])
    .where('tenant_id', '=', tenantId)
    .orderBy('version')
    .execute()

/** The key of the firm's data, wrapped. */
export async function dataKeyOf(at: Bound, tenantId: string): Promise<string> {
  const row = await db(at).selectFrom('tenant').select('data_key').where('id', '=', tenantId).executeTakeFirstOrThrow()
  return row.data_key
}

/** The wrapped key of each firm's data. */
export const dataKeys = (at: Bound): Promise<{ id: string; wrapped: string }[]> =>
  db(at).selectFrom('tenant').select(['id', 'data_key as wrapped']).orderBy('id').execute()

/** The master keys with which firms' keys are wrapped: of how many firms, and the key of one of them. */
export function dataKeysByMaster(at: Bound): Promise<{ id: string; firms: number; wrapped: string }[]> {
  const keys = db(at)
    .selectFrom('tenant')
    .select(({ fn, val, lit }) => [fn<string>('split_part', ['data_key', val('.'), lit(1)]).as('id'), 'data_key'])
  return db(at)
    .selectFrom(keys.as('key'))
    .select(({ fn }) => ['key.id', fn.countAll<number>().as('firms'), fn.min('key.data_key').as('wrapped')])
    .groupBy('key.id')
    .execute()
}

/** Every firm, on a connection that sees them all. */
export const firmsOn = (client: ClientBase): Promise<{ id: string; slug: string; data_key: string }[]> =>
  rowsOn(client, db.fragment.selectFrom('tenant').select(['id', 'slug', 'data_key']).orderBy('slug'))

/** Every firm there is or was, as far as ids go. */
export const tenantIds = (at: Bound): Promise<{ id: string }[]> =>
  db(at).selectFrom('tenant').select('id').orderBy('id').execute()

/** Whether there ever was a firm. */
export const hasTenants = async (at: Bound): Promise<boolean> =>
  (await db(at).selectFrom('tenant').select('id').limit(1).executeTakeFirst()) !== undefined

/**
 * The same key, wrapped otherwise; nothing happens where somebody else did that meanwhile. At no firm.
 * @returns whether it was this one
 */
export async function rewrapDataKey(at: Bound, tenantId: string, before: string, now: string): Promise<boolean> {
  const row = await db(at)
    .updateTable('tenant')
    .set({ data_key: now })
    .where('id', '=', tenantId)
    .where('data_key', '=', before)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Publishes alone, in one transaction that is at no firm; whoever is at a firm in it says so with `atTenant`. Tells
 * every process once it is committed.
 */
export function publishing<T>(orm: MikroORM, work: (at: Bound) => Promise<T>): Promise<T> {
  return freshEm(orm).transactional(async (em) => {
    const at = { em }
    // The role's own time-out is for pages: many firms, or a busy disk, may take longer.
    await em.execute('set local statement_timeout = 0')
    await lockName(at, turn)
    const done = await work(at)
    await db(at)
      .selectNoFrom(({ fn, val }) => fn('pg_notify', [val(changesChannel), val('')]).as('told'))
      .execute()
    return done
  })
}

/** From here on the transaction sees this firm's rows and no others'. */
export const atTenant = (at: Bound, tenantId: string): Promise<unknown> =>
  db(at)
    .selectNoFrom(({ fn, val, lit }) => fn('set_config', [val('app.tenant'), val(tenantId), lit(true)]).as('tenant'))
    .execute()

/** The firm of this folder, where there is one. */
export const tenantIdOf = async (at: Bound, slug: string): Promise<string | null> =>
  (await db(at).selectFrom('tenant').select('id').where('slug', '=', slug).executeTakeFirst())?.id ?? null

/** A firm that is new. While publishing nobody else makes one. */
export async function insertTenant(at: Bound, slug: string, dataKey: string, now: Date): Promise<string> {
  const row = { id: crypto.randomUUID(), slug, data_key: dataKey, created_at: now }
  await db(at).insertInto('tenant').values(row).execute()
  return row.id
}

export const insertVersion = (
  at: Bound,
  row: { tenantId: string; version: number; sha256: string; policy: Policy; now: Date },
): Promise<unknown> =>
  db(at)
    .insertInto('policy_version')
    .values({
      tenant_id: row.tenantId,
      version: row.version,
      sha256: row.sha256,
      policy: row.policy,
      published_at: row.now,
    })
    .execute()

/** What of a publication is known of all firms at once. */
export interface Accepted {
  version: number
  name: string
  domain: string | null
  sendsSms: boolean
  fileDigest: string
  folderDigest: string
}

/** Above every number that was given so far. */
const nextRevision = () =>
  db.fragment
    .selectFrom('tenant as all')
    .select((eb) => eb(eb.fn.coalesce(eb.fn.max('all.revision'), eb.lit(0)), '+', 1).as('next'))
    .$asScalar()

/** Writes down what was accepted; `tell`: every process reads the firm anew. */
export async function accept(at: Bound, tenantId: string, accepted: Accepted, tell: boolean): Promise<void> {
  const { version, name, domain, sendsSms, fileDigest, folderDigest } = accepted
  await db(at)
    .updateTable('tenant')
    .set({ version, name, domain, sends_sms: sendsSms, file_digest: fileDigest, folder_digest: folderDigest })
    .$if(tell, (update) => update.set({ revision: nextRevision() }))
    .where('id', '=', tenantId)
    .execute()
}

/**
 * A firm that has no folder any more: every process looks at it again, and should the folder come back, it is read
 * anew.
 */
export const withdraw = (at: Bound, tenantId: string): Promise<unknown> =>
  db(at)
    .updateTable('tenant')
    .set({ file_digest: null, folder_digest: null, revision: nextRevision() })
    .where('id', '=', tenantId)
    .execute()
