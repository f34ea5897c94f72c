import type { Config } from '../platform/config/config.ts'
import { freshEm } from '../platform/db/database.ts'
import type { Log } from '../platform/log/log.ts'
import { checkFirms, type Checked } from './check-firms.ts'
import { firmFiles } from './firm-files.ts'
import { publishFirms, type Publisher } from './publish.ts'
import { publishedSince, type PublishedTenant } from './tenant-store.ts'

/** What a start found: the firms as they are published, and which of them have a file that is wrong. */
export interface StartedFirms {
  published: PublishedTenant[]
  wrong: string[]
  /** Whose files changed, and are published as they are now. */
  changed: string[]
}

/** In production a firm that sends codes by SMS needs a gateway. @throws Error naming the firms */
export function mustReach({ production, sms }: Config, firms: string[]): void {
  if (production && !sms && firms.length)
    throw new Error(
      `SMS_URL: set it to your SMS gateway; these firms send codes by SMS: ${firms.slice(0, 20).join(', ')}`,
    )
}

/** A wrong file keeps a firm as it was published last; a firm that never was is not served yet. */
function tell({ wrong, renamed }: Checked, published: PublishedTenant[], log: Log): void {
  const known = new Set(published.map(({ slug }) => slug))
  for (const { slug, mistakes } of wrong)
    log.error(
      { alert: 'firm-file', firm: slug, mistakes },
      known.has(slug)
        ? 'the choices of a firm are wrong: it stays as it was published last'
        : 'the choices of a new firm are wrong: it is not served yet',
    )
  for (const { slug, mistakes } of renamed)
    log.warn(
      { firm: slug, renamed: mistakes },
      'the choices of a firm have names of before: they are read as those of today',
    )
}

/**
 * Looks once over the folder of firms and once over what was accepted before, and checks and publishes only what
 * differs. A file that is wrong holds up nobody else, except where no firm was ever published.
 * @param publishes false: only what is published already, as for a command that asks something
 * @throws Error with all mistakes of all files, a line each, on the very first start; nothing of any firm is touched
 * then
 */
export async function startFirms(
  { config, log, publishes }: { config: Config; log: Log; publishes: boolean },
  publisher: Publisher,
): Promise<StartedFirms> {
  const at = { em: freshEm(publisher.orm) }
  const files = firmFiles(config.tenantsDir, publisher.reader)
  const published = await publishedSince(at, 0)
  if (!publishes && published.length) return { published, wrong: [], changed: [] }
  const accepted = new Map(published.map(({ slug, fileDigest }) => [slug, fileDigest]))
  const differ = files.filter(({ slug, digest }) => accepted.get(slug) !== digest)
  const here = new Set(files.map(({ slug }) => slug))
  const served = published.filter(({ slug }) => here.has(slug))
  const checked = checkFirms(differ, publisher.reader, served)
  if (checked.wrong.length && !published.length)
    throw new Error(
      `A firm's choices need changing before the portal can start:\n  ${checked.wrong.flatMap(({ mistakes }) => mistakes).join('\n  ')}`,
    )
  const looked = new Set(checked.right.map(({ slug }) => slug))
  const before = served.filter(({ slug, sendsSms }) => sendsSms && !looked.has(slug))
  mustReach(config, [...checked.sendSms, ...before.map(({ slug }) => slug)])
  tell(checked, published, log)
  const wrong = checked.wrong.map(({ slug }) => slug)
  if (!checked.right.length) return { published, wrong, changed: [] }
  await publishFirms(checked.right, publisher)
  return {
    published: await publishedSince(at, 0),
    wrong,
    changed: [...looked],
  }
}
