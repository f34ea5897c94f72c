import { join } from 'node:path'
import type { Addresses, Assets } from '../platform/http/assets.ts'
import { loadTexts, type Texts } from '../platform/i18n/texts.ts'
import { logoPicture, type Picture } from '../platform/views/pictures.ts'
import type { OnRead } from '../platform/views/strict-data.ts'
import { createViews, type Views } from '../platform/views/views.ts'
import { deriveTheme, plainMail, type MailLook } from './theme.ts'
import type { Tenant } from './tenants.ts'

/** What visitors of one firm see: views, texts and static files, its own before the installation's. */
export interface Presentation {
  views: Views
  texts: Texts
  addresses: Addresses
  mail: MailLook /** For mails; null where the firm has none. */
  logo: Picture | null
}

/** How high a logo stands in a mail, in CSS pixels. */
const logoHeight = 40

/** The logos of all firms by slug, as mail programs show them. Made once, at start. @throws Error naming a file that is no picture */
export async function mailLogos(tenants: Tenant[]): Promise<Map<string, Picture>> {
  const made = tenants.map(
    async ({ slug, folder, policy: { look } }): Promise<[string, Picture][]> =>
      look.logo
        ? [
            [
              slug,
              await logoPicture(join(folder, 'static', look.logo), {
                height: logoHeight,
                ground: deriveTheme(look).mail.header,
              }),
            ],
          ]
        : [],
  )
  return new Map((await Promise.all(made)).flat())
}

/** A firm's pictures, and the style sheet derived from its look. */
function filesOf(tenant: Tenant, assets: Assets): Addresses {
  const folder = join(tenant.folder, 'static')
  const files = assets.of(folder)
  const theme = deriveTheme(tenant.policy.look, files.has('motif.svg') ? { motif: files('motif.svg') } : {})
  return assets.of(folder, { 'theme.css': theme.css })
}

/**
 * Makes the presentation of every firm, once.
 * @param project the folder with `views/` and `static/`
 * @param logos what `mailLogos` made
 * @param beside folders of views of modules that stand outside this project
 * @param strict a missing text is an error (development, tests) or shows its key (production)
 * @param onRead told of every name that a view reads
 */
export function openPresentations({
  project,
  assets,
  logos,
  strict,
  beside = [],
  onRead,
}: {
  project: string
  assets: Assets
  logos: Map<string, Picture>
  strict: boolean
  beside?: string[]
  onRead?: OnRead
}): (tenant: Tenant | null) => Presentation {
  const presentations = new Map<string, Presentation>()
  const roots = (tenant: Tenant | null) => [
    ...(tenant ? [join(tenant.folder, 'views')] : []),
    join(project, 'views'),
    ...beside,
  ]
  return (tenant) => {
    const known = presentations.get(tenant?.slug ?? '')
    if (known) return known
    const texts = loadTexts({ roots: roots(tenant), strict })
    const addresses = tenant ? filesOf(tenant, assets) : assets.of(null)
    const views = createViews({
      roots: roots(tenant),
      texts,
      assets: addresses,
      zone: tenant?.policy.zone ?? 'Europe/Amsterdam',
      icons: join(project, 'static/icons'),
      ...(onRead && { onRead }),
    })
    const presentation = {
      views,
      texts,
      addresses,
      mail: tenant ? deriveTheme(tenant.policy.look).mail : plainMail,
      logo: logos.get(tenant?.slug ?? '') ?? null,
    }
    presentations.set(tenant?.slug ?? '', presentation)
    return presentation
  }
}
