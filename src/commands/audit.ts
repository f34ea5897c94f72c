import { parseArgs } from 'node:util'
import {
  compareWithAnchor,
  firstBadLine,
  lostFirms,
  queriesOf,
  type Compared,
  type FirmQuery,
} from '../identity/audit/index.ts'
import { freshEm } from '../platform/db/database.ts'
import type { KnownTenant } from '../tenancy/directory.ts'
import { tenantIds } from '../tenancy/tenant-store.ts'
import type { Portal } from '../services.ts'
import { withPortal, type Given } from './opened.ts'
import { knownFirm } from './firm.ts'

/** What is wrong with a firm's log, in words; null when it is whole. */
async function wrongWith(
  { slug }: KnownTenant,
  query: FirmQuery,
  compared: Compared | undefined,
  say: Given['say'],
): Promise<string | null> {
  const bad = await firstBadLine(query)
  if (bad !== null) return `The log of ${slug} is broken at line ${bad}.`
  if (!compared?.ok) return `The log of ${slug} does not fit its anchor: ${compared?.what}.`
  say(`The log of ${slug} is whole, and anchored up to line ${compared.anchored}.`)
  return null
}

/**
 * Checks the chain of a firm's log, or of every firm's, and compares it with what was anchored outside the database. No
 * firm is loaded for it.
 */
export async function audit({ rest, env, say }: Given): Promise<void> {
  const {
    values,
    positionals: [slug],
  } = parseArgs({ args: rest, allowPositionals: true, options: { anchor: { type: 'string' } } })
  await withPortal(env, async (open: Portal) => {
    const { tenants, orm, config } = open.services
    const anchor = values.anchor ?? config.auditAnchor
    const firms = slug ? [knownFirm(open, slug)] : tenants.known
    const queryOf = queriesOf(orm)
    const compared = await compareWithAnchor(anchor, firms, queryOf)
    const wrong: (string | null)[] = []
    for (const each of firms) wrong.push(await wrongWith(each, queryOf(each.id), compared.get(each.id), say))
    const here = await tenantIds({ em: freshEm(orm) })
    if (!slug)
      for (const lost of await lostFirms(anchor, here))
        wrong.push(`The log of ${lost} was anchored, and the firm is not in the database.`)
    const said = wrong.filter((each) => each !== null)
    if (said.length) throw new Error(said.join('\n'))
  })
}
