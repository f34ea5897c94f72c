import { join } from 'node:path'
import type { Addresses, Assets, OwnFiles } from '../platform/http/assets.ts'
import { loadTexts, type Texts } from '../platform/i18n/texts.ts'
import type { Log } from '../platform/log/log.ts'
import { logoPicture, type Picture } from '../platform/views/pictures.ts'
import type { OnRead } from '../platform/views/strict-data.ts'
import { createViews, type Views } from '../platform/views/views.ts'
import { deriveTheme, plainMail, type MailLook } from './theme.ts'
import type { Tenant } from './tenants.ts'

/** What visitors of one firm see: views, texts and static files, its own before the installation's. */
export interface Presentation {
  views: Views
  texts: Texts
  addresses: OwnFiles
  mail: MailLook
  /** For mails, made when the first one asks for it; null where the firm has none. */
  logo(): Promise<Picture | null>
}

/** How high a logo stands in a mail, in CSS pixels. */
const logoHeight = 40

/**
 * The firm's logo as mail programs show it. A file that is no picture any more leaves mails with the firm's name, and
 * an alert.
 */
function logoOf({ slug, folder, policy: { look } }: Tenant, log: Log): () => Promise<Picture | null> {
  const { logo } = look
  if (!logo) return async () => null
  let made: Promise<Picture | null> | undefined
  return () =>
    (made ??= logoPicture(join(folder, 'static', logo), {
      height: logoHeight,
      ground: deriveTheme(look).mail.header,
    }).catch((err: unknown) => {
      log.error({ alert: 'firm-file', firm: slug, err }, 'the logo of a firm cannot be read: its mails go without')
      return null
    }))
}

/** A firm's pictures, and the one style sheet of its pages: the portal's, and behind it what its look makes of that. */
function filesOf(tenant: Tenant, assets: Assets): OwnFiles {
  const folder = join(tenant.folder, 'static')
  const files = assets.of(folder)
  const theme = deriveTheme(tenant.policy.look, files.has('motif.svg') ? { motif: files('motif.svg') } : {})
  return assets.of(folder, { 'portal.css': `${assets.text('portal.css')}${theme.css}` })
}

interface Parts {
  /** The folder with `views/` and `static/`. */
  project: string
  assets: Assets
  log: Log
  /** A missing text is an error (development, tests) or shows its key (production). */
  strict: boolean
  /** Folders of views of modules that stand outside this project. */
  beside?: string[]
  /** Told of every name that a view reads. */
  onRead?: OnRead
}

/**
 * Gives the presentation of a firm, made when it is first asked for and kept as long as the firm stays loaded; with
 * null that of the installation itself.
 */
export function openPresentations(parts: Parts): (tenant: Tenant | null) => Presentation {
  const { project, assets, strict, beside = [] } = parts
  const roots = [join(project, 'views'), ...beside]
  const texts = loadTexts({ roots, strict })
  const installation: Presentation = {
    texts,
    views: viewsOf(parts, { roots, texts, assets: assets.services, zone: 'Europe/Amsterdam' }),
    addresses: assets.services,
    mail: plainMail,
    logo: async () => null,
  }
  const made = new WeakMap<Tenant, Presentation>()
  return (tenant) => {
    if (!tenant) return installation
    const known = made.get(tenant) ?? presentationOf(tenant, parts, { roots, texts })
    made.set(tenant, known)
    return known
  }
}

/** What a firm has of its own, in front of what the installation has. */
function presentationOf(
  tenant: Tenant,
  parts: Parts,
  { roots, texts: beyond }: { roots: string[]; texts: Texts },
): Presentation {
  const { assets, log, strict } = parts
  const own = join(tenant.folder, 'views')
  // It was checked when it was published; what broke since leaves the portal's own words in its place.
  const broken = (file: string, err: Error) =>
    log.error({ alert: 'firm-file', firm: tenant.slug, file, err }, 'texts of a firm cannot be read')
  const texts = loadTexts({ roots: [own], strict, beyond, broken })
  const addresses = filesOf(tenant, assets)
  return {
    texts,
    addresses,
    views: viewsOf(parts, { roots: [own, ...roots], own, texts, assets: addresses, zone: tenant.policy.zone }),
    mail: deriveTheme(tenant.policy.look).mail,
    logo: logoOf(tenant, log),
  }
}

const viewsOf = (
  { project, onRead }: Parts,
  own: { roots: string[]; own?: string; texts: Texts; assets: Addresses; zone: string },
): Views => createViews({ ...own, icons: join(project, 'static/icons'), ...(onRead && { onRead }) })
