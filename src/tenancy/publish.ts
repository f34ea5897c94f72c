import { isDeepStrictEqual } from 'node:util'
import type { MikroORM } from '@mikro-orm/postgresql'
import { toDate } from '../platform/clock.ts'
import { digest, newDataKey, type KeyRing } from '../platform/crypto/encryption.ts'
import { freshEm } from '../platform/db/database.ts'
import type { Bound } from '../platform/db/tables.ts'
import { sendsCodesAs } from './factors.ts'
import { folderDigest, readFirm, type FirmFile } from './firm-files.ts'
import type { Policy, PolicyReader } from './policy.ts'
import {
  accept,
  atTenant,
  insertTenant,
  insertVersion,
  publishedSince,
  publishing,
  tenantIdOf,
  versionsOf,
  withdraw,
  type PublishedTenant,
} from './tenant-store.ts'
import { noticeWork } from './work-due.ts'

/** So many firms are published in one transaction. */
const batch = 100

/** What publishing needs beside the files. */
export interface Publisher {
  orm: MikroORM
  /** Opens the same database for work that takes longer than any page may wait. */
  unhurried(): Promise<MikroORM>
  reader: PolicyReader
  ring: KeyRing
  now: Temporal.Instant
  /** What happens by itself and looks at a firm with these new choices, by name. */
  jobs(policy: Policy, isFirst: boolean): string[]
}

/** What publishing a firm did. */
export interface Publication {
  slug: string
  version: number
  /** Its choices changed. */
  isNew: boolean
}

/**
 * Brings firms that were checked into the database: one that is new gets a key of its own, choices that changed become
 * a new numbered version, and every process reads anew what changed.
 * @param again also of firms in which nothing changed
 */
export async function publishFirms(
  files: FirmFile[],
  publisher: Publisher,
  { again = false } = {},
): Promise<Publication[]> {
  if (!files.length) return []
  const orm = await publisher.unhurried()
  try {
    return await publishBatches(orm, files, publisher, again)
  } finally {
    await orm.close()
  }
}

async function publishBatches(
  orm: MikroORM,
  files: FirmFile[],
  publisher: Publisher,
  again: boolean,
): Promise<Publication[]> {
  const done: Publication[] = []
  const known = new Map((await publishedSince({ em: freshEm(orm) }, 0)).map((row) => [row.slug, row]))
  for (let from = 0; from < files.length; from += batch) {
    const wishes = files.slice(from, from + batch).flatMap((file) => {
      const { policy } = readFirm(file, publisher.reader)
      // What became wrong since it was checked is said by the next look.
      return policy ? [{ file, policy, again, before: known.get(file.slug) }] : []
    })
    await publishing(orm, async (at) => {
      for (const wish of wishes) done.push(await publishFirm(at, wish, publisher))
    })
  }
  return done
}

interface Wish {
  file: FirmFile
  policy: Policy
  before: PublishedTenant | undefined
  again: boolean
}

async function publishFirm(
  at: Bound,
  { file, policy, before, again }: Wish,
  { ring, now, jobs, reader }: Publisher,
): Promise<Publication> {
  const moment = toDate(now)
  const tenantId =
    before?.id ??
    (await tenantIdOf(at, file.slug)) ??
    (await insertTenant(at, file.slug, ring.wrap(newDataKey()), moment))
  await atTenant(at, tenantId)
  const last = (await versionsOf(at, tenantId)).at(-1)
  const written = JSON.stringify(policy)
  // The same choices in another order, as when a module says them now, or by names of before are no other version.
  const isNew = !last || !isDeepStrictEqual(reader.renamed(last.policy), JSON.parse(written))
  const version = (last?.version ?? 0) + (isNew ? 1 : 0)
  if (isNew) {
    await noticeWork(at.em, tenantId, jobs(policy, !last), moment)
    await insertVersion(at, { tenantId, version, sha256: digest(written), policy, now: moment })
  }
  const accepted = {
    version,
    name: policy.name,
    domain: policy.domain ?? null,
    sendsSms: sendsCodesAs(reader.factors, policy, 'sms'),
    fileDigest: file.digest,
    folderDigest: folderDigest(file.folder),
  }
  await accept(at, tenantId, accepted, isNew || again || before?.folderDigest !== accepted.folderDigest)
  return { slug: file.slug, version, isNew }
}

/** Says to every process that these firms have no folder any more; each looks in its own. */
export const withdrawFirms = (orm: MikroORM, gone: PublishedTenant[]): Promise<void> =>
  publishing(orm, async (at) => {
    for (const { id } of gone) await withdraw(at, id)
  })
