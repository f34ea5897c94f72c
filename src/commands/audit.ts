import { parseArgs } from 'node:util'
import { compareWithAnchor, firstBadLine, lostFirms, type FirmQuery } from '../identity/audit/index.ts'
import { freshEm } from '../platform/db/database.ts'
import type { KnownTenant } from '../tenancy/directory.ts'
import { tenantIds } from '../tenancy/tenant-store.ts'
import { emOf } from '../tenancy/tenants.ts'
import type { Portal } from '../services.ts'
import { inHouse, type Given } from './opened.ts'
import { knownFirm } from './firm.ts'

/** What is wrong with a firm's log, in words; null when it is whole. */
async function wrongWith(
  tenant: KnownTenant,
  query: FirmQuery,
  anchor: string,
  say: Given['say'],
): Promise<string | null> {
  const bad = await firstBadLine(query)
  if (bad !== null) return `The log of ${tenant.slug} is broken at line ${bad}.`
  const compared = await compareWithAnchor(anchor, tenant, query)
  if (!compared.ok) return `The log of ${tenant.slug} does not fit its anchor: ${compared.what}.`
  say(`The log of ${tenant.slug} is whole, and anchored up to line ${compared.anchored}.`)
  return null
}

/** Checks the chain of a firm's log, or of every firm's, and compares it with what was anchored outside the database. */
export async function audit({ rest, env, say }: Given): Promise<void> {
  const {
    values,
    positionals: [slug],
  } = parseArgs({ args: rest, allowPositionals: true, options: { anchor: { type: 'string' } } })
  await inHouse(env, async (open: Portal) => {
    const { tenants, orm, config } = open.services
    const anchor = values.anchor ?? config.auditAnchor
    const wrong: (string | null)[] = []
    for (const tenant of slug ? [knownFirm(open, slug)] : tenants.known) {
      wrong.push(
        await wrongWith(
          tenant,
          async <T extends object>(sql: string) => emOf(orm, tenant.id).execute<T[]>(sql),
          anchor,
          say,
        ),
      )
    }
    const here = await tenantIds({ em: freshEm(orm) })
    if (!slug)
      for (const lost of await lostFirms(anchor, here))
        wrong.push(`The log of ${lost} was anchored, and the firm is not in the database.`)
    const said = wrong.filter((each) => each !== null)
    if (said.length) throw new Error(said.join('\n'))
  })
}
