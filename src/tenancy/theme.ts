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
const types: Record<Look['type'], Record<string, string>> = {
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
    ink: 'brand',
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

/**
 * A tenant's style: custom properties only, so that a tenant can never write a rule of its own.
 * Colours that would be unreadable are darkened until they reach 4.5 : 1; `ratios` tells what came out.
 * `motif` is the address of the tenant's background drawing, when it has one.
 */
export function deriveTheme(look: Look, { motif }: { motif?: string } = {}): Theme {
  const chosen = parse(look.brand)
  const page = tones[look.tone](chosen)
  const soft = mix(chosen, white, 0.9)
  // One brand colour for links and buttons, readable on the page's darkest light ground.
  const brand = darkened(chosen, [page, soft].sort((a, b) => luminance(a) - luminance(b))[0] as Rgb)
  const top = header(look, brand)
  const accent = parse(look.accent ?? look.brand)
  const [radius, large, pill] = radii[look.radius]
  const type = types[look.type]
  const css = sheet({
    brand: formatHex(brand),
    'brand-dark': formatHex(mix(brand, black, 0.28)),
    'brand-soft': formatHex(soft),
    'brand-line': formatHex(mix(chosen, white, 0.68)),
    accent: formatHex(accent),
    'accent-soft': formatHex(mix(accent, white, 0.82)),
    page: formatHex(page),
    line: formatHex(mix(mix(page, brand, 0.1), ink, 0.1)),
    stage: formatHex(top.ink === ink ? mix(top.ground, white, 0.45) : soft),
    header: formatHex(top.ground),
    'header-ink': formatHex(top.ink),
    'header-line': formatHex(mix(top.ground, top.ink, 0.2)),
    'header-soft': formatHex(mix(top.ground, top.ink, 0.1)),
    radius,
    'radius-large': large,
    'radius-pill': pill,
    font: type.font as string,
    'font-heading': type.heading as string,
    'weight-heading': type.weight as string,
    'tracking-heading': type.tracking as string,
    'heading-ink': type.ink ? formatHex(mix(brand, black, 0.28)) : formatHex(ink),
    'govuk-brand-colour': formatHex(brand),
    'govuk-link-colour': formatHex(brand),
    'govuk-link-visited-colour': formatHex(brand),
    'govuk-link-hover-colour': formatHex(mix(brand, black, 0.28)),
    ...(motif ? { motif: `url("${motif}")` } : {}),
  })
  const darker = formatHex(brand) !== formatHex(chosen)
  return {
    css,
    // A band is a strip of colour with the logo on white below it.
    mail: {
      brand: formatHex(brand),
      ...(look.header === 'band'
        ? { edge: formatHex(top.ground), header: formatHex(white), headerInk: formatHex(ink) }
        : { edge: formatHex(brand), header: formatHex(top.ground), headerInk: formatHex(top.ink) }),
      page: formatHex(mix(page, ink, 0.05)),
      line: formatHex(mix(mix(page, brand, 0.1), ink, 0.1)),
      radius: mailRadii[look.radius],
      font: mailFont,
      heading: mailHeadings[look.type],
    },
    ratios: [
      { what: 'button', ratio: ratio(white, brand), least, corrected: darker },
      { what: 'link', ratio: ratio(brand, white), least, corrected: darker },
      { what: 'linkOnPage', ratio: ratio(brand, page), least, corrected: darker },
      { what: 'soft', ratio: ratio(brand, soft), least, corrected: darker },
      {
        what: 'header',
        ratio: ratio(top.ink, top.ground),
        least,
        corrected: look.headerColour !== undefined && formatHex(top.ground) !== formatHex(parse(look.headerColour)),
      },
    ],
  }
}
