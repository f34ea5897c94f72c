import type { MikroORM } from '@mikro-orm/postgresql'
import { systemClock } from '../platform/clock.ts'
import { freshEm, openDatabase } from '../platform/db/database.ts'
import { openKeys } from '../keys.ts'
import { modules } from '../modules.ts'
import { compose, jobsAfter } from '../tenancy/compose.ts'
import { checkFirms } from '../tenancy/check-firms.ts'
import { firmFiles, folderDigest, hasFirm, type FirmFile } from '../tenancy/firm-files.ts'
import { publishFirms, withdrawFirms, type Publication, type Publisher } from '../tenancy/publish.ts'
import { mustReach } from '../tenancy/start-firms.ts'
import { publishedSince, type PublishedTenant } from '../tenancy/tenant-store.ts'
import { withEntities, type AtDatabase, type Given } from './opened.ts'

/** Firms whose folders differ in anything from what was published. */
function changed(files: FirmFile[], published: PublishedTenant[]): FirmFile[] {
  const known = new Map(published.map((row) => [row.slug, row]))
  return files.filter(({ slug, digest, folder }) => {
    const before = known.get(slug)
    return before?.fileDigest !== digest || before.folderDigest !== folderDigest(folder)
  })
}

const words = ({ slug, version, isNew }: Publication): string =>
  isNew
    ? `${slug}: version ${version} is published.`
    : `${slug}: read anew; its choices are those of version ${version}.`

async function publisherAt(orm: MikroORM, { config, url, log }: AtDatabase): Promise<Publisher> {
  const composed = compose(modules)
  const now = systemClock().now()
  const { ring } = await openKeys({ config, orm, now })
  const unhurried = () => openDatabase(url, composed.entities, log, { unhurried: true })
  return { orm, ring, now, unhurried, reader: composed.policy, jobs: jobsAfter(composed) }
}

/**
 * Checks the firms that changed, or those that are named, and publishes what is right; every process takes it over
 * within a second or two. Firms whose folder is gone are served no more.
 * @throws Error with every mistake, once the others are published
 */
export const publish = ({ rest: named, env, say }: Given): Promise<void> =>
  withEntities(env, async (orm, at) => {
    const { tenantsDir } = at.config
    const publisher = await publisherAt(orm, at)
    const published = await publishedSince({ em: freshEm(orm) }, 0)
    const isAsked = ({ slug }: { slug: string }) => !named.length || named.includes(slug)
    const isServed = (row: PublishedTenant) =>
      hasFirm(tenantsDir, row.slug) || (row.fileDigest !== null && !isAsked(row))
    const served = published.filter(isServed)
    const gone = published.filter((row) => row.fileDigest !== null && !isServed(row))
    const files = firmFiles(tenantsDir, publisher.reader).filter(isAsked)
    const unknown = named.find((slug) => ![...files, ...published].some((each) => each.slug === slug))
    if (unknown) throw new Error(`There is no firm "${unknown}": ${tenantsDir}/${unknown} has no tenant.json`)
    const differ = named.length ? files : changed(files, published)
    const { right, wrong, renamed, sendSms } = checkFirms(differ, publisher.reader, served)
    mustReach(at.config, sendSms)
    const done = await publishFirms(right, publisher, { again: true })
    if (gone.length) await withdrawFirms(orm, gone)
    for (const each of done) say(words(each))
    for (const each of renamed.flatMap(({ mistakes }) => mistakes)) say(each)
    for (const { slug } of gone) say(`${slug}: has no folder any more. Its address answers 421; its data stays.`)
    if (!done.length && !gone.length && !wrong.length) say('Nothing changed.')
    if (wrong.length) throw new Error(wrong.flatMap(({ mistakes }) => mistakes).join('\n'))
  })
