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

type Colour = [red: number, green: number, blue: number]

const white: Colour = [255, 255, 255]
const ink: Colour = [29, 31, 36]
const least = 4.5

const parse = (hex: string): Colour => {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex
  return [1, 3, 5].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as Colour
}
const hex = (colour: Colour) => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
const mix = (one: Colour, other: Colour, share: number) =>
  one.map((part, at) => part + ((other[at] as number) - part) * share) as Colour

/** Relative luminance as WCAG 2.2 defines it, 0 for black to 1 for white. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as Colour
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratio(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Contrast between two colours as WCAG 2.2 computes it: 1 to 21. */
export const contrast = (one: string, other: string) => ratio(parse(one), parse(other))

/** The colour itself, or the nearest darker one that reaches the contrast on this ground. */
function darkened(colour: Colour, ground: Colour, wanted = least): Colour {
  for (let share = 0; share < 1; share += 0.02) {
    // Rounded first: what is written into the sheet must hold, not what was computed.
    const tried = parse(hex(mix(colour, [0, 0, 0], share)))
    if (ratio(tried, ground) >= wanted) return tried
  }
  return [0, 0, 0]
}

const tones: Record<Look['tone'], (brand: Colour) => Colour> = {
  white: () => white,
  warm: () => [250, 246, 239],
  cool: () => [243, 246, 250],
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
function header(look: Look, brand: Colour): { ground: Colour; ink: Colour } {
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
  const brand = darkened(chosen, [page, soft].sort((a, b) => luminance(a) - luminance(b))[0] as Colour)
  const top = header(look, brand)
  const accent = parse(look.accent ?? look.brand)
  const [radius, large, pill] = radii[look.radius]
  const type = types[look.type]
  const css = sheet({
    brand: hex(brand),
    'brand-dark': hex(mix(brand, [0, 0, 0], 0.28)),
    'brand-soft': hex(soft),
    'brand-line': hex(mix(chosen, white, 0.68)),
    accent: hex(accent),
    'accent-soft': hex(mix(accent, white, 0.82)),
    page: hex(page),
    line: hex(mix(mix(page, brand, 0.1), ink, 0.1)),
    stage: hex(top.ink === ink ? mix(top.ground, white, 0.45) : soft),
    header: hex(top.ground),
    'header-ink': hex(top.ink),
    'header-line': hex(mix(top.ground, top.ink, 0.2)),
    'header-soft': hex(mix(top.ground, top.ink, 0.1)),
    radius,
    'radius-large': large,
    'radius-pill': pill,
    font: type.font as string,
    'font-heading': type.heading as string,
    'weight-heading': type.weight as string,
    'tracking-heading': type.tracking as string,
    'heading-ink': type.ink ? hex(mix(brand, [0, 0, 0], 0.28)) : hex(ink),
    'govuk-brand-colour': hex(brand),
    'govuk-link-colour': hex(brand),
    'govuk-link-visited-colour': hex(brand),
    'govuk-link-hover-colour': hex(mix(brand, [0, 0, 0], 0.28)),
    ...(motif ? { motif: `url("${motif}")` } : {}),
  })
  const darker = hex(brand) !== hex(chosen)
  return {
    css,
    // A band is a strip of colour with the logo on white below it.
    mail: {
      brand: hex(brand),
      ...(look.header === 'band'
        ? { edge: hex(top.ground), header: hex(white), headerInk: hex(ink) }
        : { edge: hex(brand), header: hex(top.ground), headerInk: hex(top.ink) }),
      page: hex(mix(page, ink, 0.05)),
      line: hex(mix(mix(page, brand, 0.1), ink, 0.1)),
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
        corrected: look.headerColour !== undefined && hex(top.ground) !== hex(parse(look.headerColour)),
      },
    ],
  }
}
