import type { Portal } from '../services.ts'
import { hasFirm } from '../tenancy/firm-files.ts'
import type { KnownTenant } from '../tenancy/directory.ts'
import type { Tenant } from '../tenancy/tenants.ts'

/** As many names as one can read. */
const most = 20

/** The firm's name on the command line. @throws Error with the firms there are */
export function knownFirm({ services: { tenants, config } }: Portal, slug = ''): KnownTenant {
  const known = tenants.knownBySlug(slug)
  if (known) return known
  if (slug && hasFirm(config.tenantsDir, slug))
    throw new Error(`Firm "${slug}" is not published yet: npm run portal -- publish ${slug}`)
  const names = tenants.known.map((each) => each.slug)
  const rest = names.length > most ? `, and ${names.length - most} more` : ''
  throw new Error(`There is no firm "${slug}"; there are: ${names.slice(0, most).join(', ')}${rest}`)
}

/** The same, with its choices. */
export async function firm(open: Portal, slug: string | undefined): Promise<Tenant> {
  const { id } = knownFirm(open, slug)
  const tenant = await open.services.tenants.byId(id)
  if (!tenant) throw new Error(`Firm "${slug}" was removed just now`)
  return tenant
}
