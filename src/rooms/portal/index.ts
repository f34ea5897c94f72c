import type { PersonVisit } from '../../tenancy/visit.ts'
import { mayInvite } from '../accounts/index.ts'

/** One of the portal's parts, in the bar at the top of every page. */
export interface Tab { text: string; href: string; current: boolean; icon?: string }

/** The parts of the portal this person has, in reading order; the one they are in is marked. */
export function tabs(visit: PersonVisit): Tab[] {
  const tab = (key: string, href: string, icon: string): Tab =>
    ({ text: visit.t(`portal.tab.${key}`), href, icon, current: visit.facts.path.split('?')[0]?.startsWith(href) ?? false })
  return [tab('home', '/home', 'house'), ...(mayInvite(visit) ? [tab('people', '/staff/people', 'users')] : [])]
}
export { speak } from './language.ts'
