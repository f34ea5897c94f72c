import {
  formatHex,
  interpolate,
  parse as parseAny,
  type Rgb,
  wcagContrast as ratio,
  wcagLuminance as luminance,
} from 'culori'
import type { Look } from './policy.ts'

/** A contrast a tenant's colours reach, for the administrator's preview. `least` is what WCAG 2.2 AA asks. */
export interface Ratio {
  what: 'button' | 'link' | 'linkOnPage' | 'header' | 'soft'
  ratio: number
  least: number
  corrected: boolean
}
/** What mails take from a firm's look: colours, corners in px, and fonts of the reader's computer. `brand` is readable under white text; `edge` runs along the top. */
export interface MailLook {
  brand: string
  edge: string
  header: string
  headerInk: string
  page: string
  line: string
  radius: number
  font: string
  heading: string
}
export interface Theme {
  css: string
  mail: MailLook
  ratios: Ratio[]
}

/** A colour the policy let through: six or three figures after a #. */
function parse(hex: string): Rgb {
  const colour = parseAny(hex)
  if (colour?.mode !== 'rgb') throw new Error(`"${hex}" is no colour like #1a2b3c`)
  return colour
}
const mix = (one: Rgb, other: Rgb, share: number): Rgb => interpolate([one, other], 'rgb')(share)

const white = parse('#ffffff')
const black = parse('#000000')
const ink = parse('#1d1f24')
const least = 4.5

/** Contrast between two colours as WCAG 2.2 computes it: 1 to 21. */
export const contrast = (one: string, other: string) => ratio(parse(one), parse(other))

/** The colour itself, or the nearest darker one that reaches the contrast on this ground. */
function darkened(colour: Rgb, ground: Rgb, wanted = least): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    // Rounded first: what is written into the sheet must hold, not what was computed.
    const tried = parse(formatHex(mix(colour, black, share)))
    if (ratio(tried, ground) >= wanted) return tried
  }
  return black
}

const tones: Record<Look['tone'], (brand: Rgb) => Rgb> = {
  white: () => white,
  warm: () => parse('#faf6ef'),
  cool: () => parse('#f3f6fa'),
  tinted: (brand) => mix(brand, white, 0.93),
}
const radii: Record<Look['radius'], [small: string, large: string, pill: string]> = {
  none: ['0', '0', '0'],
  small: ['4px', '8px', '4px'],
  round: ['10px', '20px', '999px'],
}
// Fonts people already have; nothing is downloaded.
const body = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, "Helvetica Neue", Arial, sans-serif'
/** `heading-ink` where headings are not in the ink of the text. */
type Letters = Record<'font' | 'heading' | 'weight' | 'tracking', string> & { 'heading-ink'?: 'var(--brand-dark)' }
const types: Record<Look['type'], Letters> = {
  humanist: {
    font: `Seravek, "Gill Sans Nova", Ubuntu, Calibri, Candara, "Open Sans", ${body}`,
    heading: 'var(--font)',
    weight: '700',
    tracking: '0',
  },
  serif: {
    font: body,
    heading: '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Book Antiqua", Georgia, serif',
    weight: '600',
    tracking: '-0.005em',
  },
  classic: {
    font: body,
    heading: `Optima, Candara, "Gill Sans Nova", "Noto Sans", ${body}`,
    weight: '400',
    tracking: '0',
    'heading-ink': 'var(--brand-dark)',
  },
  grotesque: {
    font: 'Inter, "Helvetica Neue", "Arial Nova", "Nimbus Sans", Arial, sans-serif',
    heading: 'var(--font)',
    weight: '700',
    tracking: '-0.022em',
  },
  rounded: {
    font: `ui-rounded, "SF Pro Rounded", Nunito, "Varela Round", ${body}`,
    heading:
      'ui-rounded, "SF Pro Rounded", Nunito, Quicksand, "Hiragino Maru Gothic ProN", "Arial Rounded MT Bold", Calibri, sans-serif',
    weight: '700',
    tracking: '-0.01em',
  },
}

// In attributes of a mail: single quotes, and fonts that the programs know.
const mailFont = "system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const mailHeadings: Record<Look['type'], string> = {
  humanist: `Seravek,'Gill Sans',Calibri,${mailFont}`,
  serif: "'Palatino Linotype',Palatino,'Book Antiqua',Georgia,serif",
  classic: `Optima,Candara,'Gill Sans',${mailFont}`,
  grotesque: "'Helvetica Neue',Helvetica,Arial,sans-serif",
  rounded: `ui-rounded,'Arial Rounded MT Bold',${mailFont}`,
}
const mailRadii: Record<Look['radius'], number> = { none: 0, small: 4, round: 14 }
/** The installation's own, where there is no firm. */
export const plainMail: MailLook = {
  brand: '#333333',
  edge: '#333333',
  header: '#ffffff',
  headerInk: '#22252a',
  page: '#f3f2ef',
  line: '#e4e2dd',
  radius: 4,
  font: mailFont,
  heading: mailFont,
}

/** The header's ground and the ink upon it: white or dark, whichever reads best, the ground darkened when neither does. */
function header(look: Look, brand: Rgb): { ground: Rgb; ink: Rgb } {
  const wanted = look.headerColour ? parse(look.headerColour) : look.header === 'plain' ? white : brand
  if (ratio(ink, wanted) >= 7) return { ground: wanted, ink }
  return { ground: darkened(wanted, white), ink: white }
}

function sheet(values: Record<string, string>): string {
  return `:root{${Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')}}\n`
}

/** The colours everything of a firm is made of. `chosen` is its own, `brand` the same, dark enough to read. */
interface Palette {
  chosen: Rgb
  brand: Rgb
  accent: Rgb
  page: Rgb
  soft: Rgb
  line: Rgb
  top: { ground: Rgb; ink: Rgb }
}

function paletteOf(look: Look): Palette {
  const chosen = parse(look.brand)
  const page = tones[look.tone](chosen)
  const soft = mix(chosen, white, 0.9)
  // One brand colour for links and buttons, readable on the page's darkest light ground.
  const brand = darkened(chosen, [page, soft].sort((a, b) => luminance(a) - luminance(b))[0] as Rgb)
  const accent = parse(look.accent ?? look.brand)
  const line = mix(mix(page, brand, 0.1), ink, 0.1)
  return { chosen, brand, accent, page, soft, line, top: header(look, brand) }
}

/**
 * A tenant's style: custom properties only, so that a tenant can never write a rule of its own.
 * Colours that would be unreadable are darkened until they reach 4.5 : 1; `ratios` tells what came out.
 * `motif` is the address of the tenant's background drawing, when it has one.
 */
export function deriveTheme(look: Look, { motif }: { motif?: string } = {}): Theme {
  const palette = paletteOf(look)
  const css = sheet({ ...colours(palette), ...shapes(look), ...(motif ? { motif: `url("${motif}")` } : {}) })
  return { css, mail: mailLook(look, palette), ratios: ratiosOf(look, palette) }
}

function colours({ chosen, brand, accent, page, soft, line, top }: Palette): Record<string, string> {
  const dark = mix(brand, black, 0.28)
  const all: Record<string, Rgb> = {
    brand,
    'brand-dark': dark,
    'brand-soft': soft,
    'brand-line': mix(chosen, white, 0.68),
    accent,
    'accent-soft': mix(accent, white, 0.82),
    page,
    line,
    stage: top.ink === ink ? mix(top.ground, white, 0.45) : soft,
    header: top.ground,
    'header-ink': top.ink,
    'header-line': mix(top.ground, top.ink, 0.2),
    'header-soft': mix(top.ground, top.ink, 0.1),
    'heading-ink': ink,
    'govuk-brand-colour': brand,
    'govuk-link-colour': brand,
    'govuk-link-visited-colour': brand,
    'govuk-link-hover-colour': dark,
  }
  return Object.fromEntries(Object.entries(all).map(([name, colour]) => [name, formatHex(colour)]))
}

function shapes(look: Look): Record<string, string> {
  const [radius, large, pill] = radii[look.radius]
  const { font, heading, weight, tracking, ...rest } = types[look.type]
  return {
    radius,
    'radius-large': large,
    'radius-pill': pill,
    font,
    'font-heading': heading,
    'weight-heading': weight,
    'tracking-heading': tracking,
    ...rest,
  }
}

/** A band is a strip of colour with the logo on white below it. */
function mailLook(look: Look, { brand, page, line, top }: Palette): MailLook {
  const head =
    look.header === 'band'
      ? { edge: top.ground, header: white, headerInk: ink }
      : { edge: brand, header: top.ground, headerInk: top.ink }
  return {
    brand: formatHex(brand),
    edge: formatHex(head.edge),
    header: formatHex(head.header),
    headerInk: formatHex(head.headerInk),
    page: formatHex(mix(page, ink, 0.05)),
    line: formatHex(line),
    radius: mailRadii[look.radius],
    font: mailFont,
    heading: mailHeadings[look.type],
  }
}

function ratiosOf(look: Look, { chosen, brand, page, soft, top }: Palette): Ratio[] {
  const darker = formatHex(brand) !== formatHex(chosen)
  const wanted = look.headerColour
  return [
    { what: 'button', ratio: ratio(white, brand), least, corrected: darker },
    { what: 'link', ratio: ratio(brand, white), least, corrected: darker },
    { what: 'linkOnPage', ratio: ratio(brand, page), least, corrected: darker },
    { what: 'soft', ratio: ratio(brand, soft), least, corrected: darker },
    {
      what: 'header',
      ratio: ratio(top.ink, top.ground),
      least,
      corrected: wanted !== undefined && formatHex(top.ground) !== formatHex(parse(wanted)),
    },
  ]
}
