import { composedKey } from '../../platform/i18n/texts.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { ofModules } from './parts.ts'

/**
 * One of the portal's parts, in the bar at the top of every page. `room`: how wide the bar must be, in rem, for the tab
 * to stand in it; in a narrower bar it stands under "More".
 */
export interface Tab {
  text: string
  href: string
  current: boolean
  icon?: string
  room: number
}

/** All of them, and how wide the bar must be for nothing to stand under "More". */
export interface Tabs {
  all: Tab[]
  room: number
}

/** In rem, for the widest type a firm can choose: a letter, what a tab has beside its words, and "More". */
const measures = { letter: 0.64, beside: 3.9, more: 6.5 }
/** The styles know widths in steps of so many rem, up to a width that no bar has (`_masthead.scss`). */
const [step, widest] = [4, 96]

const roundedUp = (width: number) => Math.min(Math.ceil(width / step) * step, widest)

/**
 * Says per tab when there is room for it, by its words: the pages then need no script to measure, and nothing jumps.
 * The first tab and the one somebody is in have module before all others; the order stays.
 */
export function arranged(parts: Omit<Tab, 'room'>[]): Tabs {
  const width = ({ text }: { text: string }) => measures.beside + measures.letter * text.length
  const whole = parts.reduce((sum, each) => sum + width(each), 0)
  let used = measures.more
  const room = new Map<Omit<Tab, 'room'>, number>()
  for (const each of [...parts].sort(
    (a, b) => Number(b === parts[0] || b.current) - Number(a === parts[0] || a.current),
  )) {
    used += width(each)
    room.set(each, roundedUp(Math.min(used, whole)))
  }
  return { all: parts.map((each) => ({ ...each, room: room.get(each) ?? 0 })), room: roundedUp(whole) }
}

/** The parts of the portal this person has, in reading order; the one they are in is marked. */
export function tabs(context: PersonContext): Tabs {
  const path = context.facts.path.split('?')[0] ?? ''
  const own = ofModules(context, 'tabs')
    .filter(({ suits }) => suits?.(context) ?? true)
    .sort((a, b) => a.order - b.order)
  return arranged(
    own.map(({ module, name, href, icon, below = href }) => ({
      text: context.t(composedKey(`${module}.tab.${name}`)),
      href,
      icon,
      current: path === below || path.startsWith(`${below}/`),
    })),
  )
}
