import { join } from 'node:path'
import type { Addresses, Assets } from '../platform/assets.ts'
import { loadTexts, type Texts } from '../platform/texts.ts'
import { createViews, type Views } from '../platform/views.ts'
import { deriveTheme } from './theme.ts'
import type { Tenant } from './tenants.ts'

/** What visitors of one firm see: views, texts and static files, its own before the house's. */
export interface Front { views: Views; texts: Texts; addresses: Addresses; /** Readable under white text, for mails. */ brand: string }

/** A firm's pictures, and the style sheet derived from its look. */
function filesOf(tenant: Tenant, assets: Assets): Addresses {
  const folder = join(tenant.folder, 'static')
  const files = assets.of(folder)
  const theme = deriveTheme(tenant.policy.look, files.has('motif.svg') ? { motif: files('motif.svg') } : {})
  return assets.of(folder, { 'theme.css': theme.css })
}

/**
 * Makes the front of every firm, once.
 * @param project the folder with `views/` and `static/`
 * @param strict a missing text is an error (development, tests) or shows its key (production)
 */
export function openFronts({ project, assets, strict }: { project: string; assets: Assets; strict: boolean }): (tenant: Tenant | null) => Front {
  const fronts = new Map<string, Front>()
  const roots = (tenant: Tenant | null) => [...(tenant ? [join(tenant.folder, 'views')] : []), join(project, 'views')]
  return (tenant) => {
    const known = fronts.get(tenant?.slug ?? '')
    if (known) return known
    const texts = loadTexts({ roots: roots(tenant), strict })
    const addresses = tenant ? filesOf(tenant, assets) : assets.of(null)
    const views = createViews({ roots: roots(tenant), texts, assets: addresses, zone: tenant?.policy.zone ?? 'Europe/Amsterdam', icons: join(project, 'static/icons') })
    const front = { views, texts, addresses, brand: tenant ? deriveTheme(tenant.policy.look).brand : '#333333' }
    fronts.set(tenant?.slug ?? '', front)
    return front
  }
}
