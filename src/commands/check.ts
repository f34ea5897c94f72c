import { join } from 'node:path'
import { readConfig } from '../platform/config/config.ts'
import { loadTexts } from '../platform/i18n/texts.ts'
import { modules } from '../modules.ts'
import { project } from '../services.ts'
import { compose } from '../tenancy/compose.ts'
import { firmFiles, type FirmFile } from '../tenancy/firm-files.ts'
import { idleOverrides } from '../tenancy/overrides.ts'
import { checkFirms } from '../tenancy/check-firms.ts'
import type { Given } from './opened.ts'

/** The folders of the firms that were named, or all of them. @throws Error for a name without a folder */
export function filesOf(files: FirmFile[], named: string[], directory: string): FirmFile[] {
  const missing = named.find((slug) => !files.some((file) => file.slug === slug))
  if (missing) throw new Error(`There is no firm "${missing}": ${join(directory, missing)} has no tenant.json`)
  return named.length ? files.filter(({ slug }) => named.includes(slug)) : files
}

/** What in the firm's folder replaces nothing, in words. */
function idleIn({ folder }: FirmFile, portal: Parameters<typeof idleOverrides>[1]): string[] {
  const views = join(folder, 'views')
  return idleOverrides(views, portal).map(
    ({ name, meant }) =>
      `${views}: ${name}: replaces nothing of the portal${meant ? `; did you mean "${meant}"?` : ''}`,
  )
}

/**
 * Reads every firm's choices, texts and pages, whatever was accepted before; the database is not asked.
 * @throws Error with every mistake, a line each: file, place, reason
 */
export async function check({ rest: named, env, say }: Given): Promise<void> {
  const { tenantsDir } = readConfig(env)
  const reader = compose(modules).policy
  const roots = [join(project, 'views')]
  const portal = { roots, texts: loadTexts({ roots }) }
  const all = firmFiles(tenantsDir, reader)
  const files = filesOf(all, named, tenantsDir)
  const asked = new Set(files.map(({ slug }) => slug))
  // All are read, whichever are asked for: two firms may have one host.
  const { wrong, renamed } = checkFirms(all, reader)
  const mistakes = [
    ...wrong.filter(({ slug }) => asked.has(slug)).flatMap((each) => each.mistakes),
    ...files.flatMap((file) => idleIn(file, portal)),
  ]
  for (const each of renamed.filter(({ slug }) => asked.has(slug)).flatMap((firm) => firm.mistakes)) say(each)
  if (mistakes.length) throw new Error(mistakes.join('\n'))
  say(files.length === 1 ? `${files[0]?.slug} has no mistakes.` : `${files.length} firms have no mistakes.`)
}
