import { rmSync } from 'node:fs'
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

type Json = Record<string, unknown>

/**
 * A folder of firms like the project's own, but for what one firm chose otherwise; for `TENANTS_DIR`. Key by key: what
 * is not named stays.
 * @param beside what others chose otherwise, by firm
 */
export async function otherChoices(
  slug: string,
  changed: Json,
  beside: Record<string, Json> = {},
): Promise<{ TENANTS_DIR: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-firms-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await cp(path.resolve(import.meta.dirname, '../../tenants'), folder, { recursive: true })
  for (const [firm, own] of Object.entries({ ...beside, [slug]: changed })) await change(path.join(folder, firm), own)
  return { TENANTS_DIR: folder }
}

async function change(folder: string, changed: Json): Promise<void> {
  const file = path.join(folder, 'tenant.json')
  const now = JSON.parse(await readFile(file, 'utf8')) as Json
  const merged = Object.fromEntries(
    Object.entries(changed).map(([key, value]) => [
      key,
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? { ...(now[key] as Json), ...(value as Json) }
        : value,
    ]),
  )
  await writeFile(file, JSON.stringify({ ...now, ...merged }))
}
