import { existsSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Eta, type TemplateFunction } from 'eta/core'
import type { Addresses } from '../http/assets.ts'
import { say, type Language, type Texts, type Translate } from '../i18n/texts.ts'
import { languages } from '../i18n/texts.ts'
import { wordsFor } from '../i18n/words.ts'
import { strictData, type OnRead } from './strict-data.ts'

/** What the caller puts into every page; a view's own data stands beside it. */
export interface PageData {
  lang: Language
  t?: Translate
  title?: string
  errors?: Record<string, string>
  values?: Record<string, string>
  [name: string]: unknown
}

/**
 * What a view says about the page it stands in, as `it.frame`: `reading` for forms and cards, or `working` for lists,
 * tables and documents. The layout is rendered after the view and reads it.
 */
export interface Frame {
  width: 'reading' | 'working'
}

export interface ViewsOptions {
  /** Folders with views, the strongest first: a tenant's own, then the installation's. */
  roots: string[]
  /** One of them whose views may change or go while the portal runs: they are compiled for this owner alone. */
  own?: string
  texts: Texts
  /** Address of a static file by its name. */
  assets: Addresses
  /** Time zone of dates on pages, e.g. "Europe/Amsterdam". */
  zone: string
  /** Folder with the icons. */
  icons: string
  /** Read every view again at each page, for people who are editing them. */
  fresh?: boolean
  /** Told of every name that a view reads, and whether its data has it. */
  onRead?: OnRead
}

export interface Views {
  /** The HTML of `view`, wrapped in `shell/<layout>` unless `layout` is null. Throws on an unknown view, text or component. */
  render(view: string, layout: string | null, data: PageData): string
  has(view: string): boolean
}

const iconFiles = new Map<string, Map<string, string>>()
// Compiled views by file, shared by all tenants: a tenant costs only what it overrides.
const compiled = new Map<string, TemplateFunction>()

function icon(folder: string, name: string): string {
  const files = iconFiles.get(folder) ?? new Map<string, string>()
  iconFiles.set(folder, files)
  const known = files.get(name) ?? readFileSync(join(folder, `${name}.svg`), 'utf8').trim()
  files.set(name, known)
  return known
}

const fileOf = (roots: string[], view: string) =>
  roots.map((root) => join(root, `${view}.eta`)).find((file) => existsSync(file))

/** Eta, with the views of one owner: each is looked up and compiled once, when a page first asks for it. */
function engine({ roots, own, fresh, onRead }: ViewsOptions): Eta {
  const eta = new Eta({ rmWhitespace: true })
  // Eta's own frame around a view makes a dozen functions at each call, for layouts and blocks that no view of ours
  // has.
  eta.compileToString = (text) => `
    const include = (view, data) => this.render(view, data ? { ...it, ...data } : it)
    const __eta = { res: '', e: this.config.escapeFunction }
    ${eta.compileBody(eta.parse(text))}
    return __eta.res`
  const known = new Map<string, TemplateFunction>()
  function compile(view: string): TemplateFunction {
    const file = fileOf(roots, view)
    if (!file) throw new Error(`no view "${view}" in ${roots.join(', ')}`)
    const shared = !fresh && !(own && file.startsWith(join(own, sep)))
    const made = (shared && compiled.get(file)) || eta.compile(readFileSync(file, 'utf8'))
    if (shared) compiled.set(file, made)
    if (!fresh) known.set(view, made)
    return made
  }
  // Pieces too: what a view includes is rendered by the same function, with the data as a plain object.
  eta.render = (view, data) => {
    if (typeof view !== 'string') throw new Error('views are rendered by their names')
    return (known.get(view) ?? compile(view)).call(eta, onRead ? strictData(view, data, onRead) : data)
  }
  return eta
}

/**
 * What a component sees of the page. A view's own data stays out: a person's `name` must not become a field's. Written
 * out, as each component gets a copy of it, and only what is made in one piece is copied in one.
 */
const shared = (page: Record<string, unknown>) => ({
  lang: page.lang,
  languages: page.languages,
  t: page.t,
  tenant: page.tenant,
  person: page.person,
  csrf: page.csrf,
  nonce: page.nonce,
  path: page.path,
  tabs: page.tabs,
  errors: page.errors,
  values: page.values,
  date: page.date,
  dateTime: page.dateTime,
  time: page.time,
  duration: page.duration,
  amount: page.amount,
  number: page.number,
  assets: page.assets,
  icon: page.icon,
  ui: null as unknown,
})

const componentNames = new Map<string, string>()
/** The view of a component: `buttonLink` is `shell/components/button-link`. */
function componentView(name: string): string {
  const known = componentNames.get(name)
  if (known) return known
  const view = `shell/components/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  componentNames.set(name, view)
  return view
}

/** `it.ui.buttonLink({…})` renders `shell/components/button-link` with what all components share and these arguments. */
function components(eta: Eta, page: Record<string, unknown>): unknown {
  const base = shared(page)
  base.ui = new Proxy(
    {},
    {
      get: (_, name) => (args?: object) => eta.render(componentView(String(name)), { ...base, ...args }),
    },
  )
  return base.ui
}

/**
 * `it.firmPart('shell/live')` renders a view that says the same on every page of this owner in a language, once. It is
 * given nothing of a request or a person, so nothing of one can stay in it.
 */
function firmParts(eta: Eta, { fresh }: ViewsOptions): (view: string, page: Record<string, unknown>) => string {
  const known = new Map<string, string>()
  return (view, { lang, languages, t, tenant, assets, icon }) => {
    const name = `${view} ${String(lang)}`
    const made = known.get(name) ?? eta.render(view, { lang, languages, t, tenant, assets, icon })
    if (!fresh) known.set(name, made)
    return made
  }
}

/** The views of one owner of roots (a tenant, or the installation itself). */
export function createViews(options: ViewsOptions): Views {
  const eta = engine(options)
  const firmPart = firmParts(eta, options)
  const { texts, zone } = options
  function page(view: string, data: PageData): object {
    const t = data.t ?? texts.translator(data.lang, { firm: (data.tenant as { name?: string } | null)?.name ?? '' })
    const titleKey = `${view.replaceAll('/', '.')}.title`
    const title = data.title ?? (texts.has(data.lang, titleKey) ? say(t, { key: titleKey, params: data }) : '')
    const it: Record<string, unknown> = {
      languages,
      tenant: null,
      person: null,
      csrf: '',
      path: '/',
      tabs: { all: [], room: 0 },
      todo: null,
      widgets: [],
      notice: null,
      errors: {},
      values: {},
      ...wordsFor(data.lang, zone),
      ...data,
      t,
      title,
      view,
      frame: { width: 'reading' } satisfies Frame,
      assets: options.assets,
      icon: (name: string) => icon(options.icons, name),
      firmPart: (part: string) => firmPart(part, it),
    }
    return { ...it, ui: components(eta, it) }
  }
  function render(view: string, layout: string | null, data: PageData): string {
    const it = page(view, data)
    const body = eta.render(view, it)
    return layout ? eta.render(`shell/${layout}`, { ...it, body }) : body
  }
  return { render, has: (view) => fileOf(options.roots, view) !== undefined }
}
