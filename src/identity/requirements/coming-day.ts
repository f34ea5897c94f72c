import type { Services } from '../../tenancy/services.ts'
import type { Publications } from '../../tenancy/requirement.ts'
import { missing, type Missing } from './missing.ts'

/**
 * The day ahead on which the firm's choices become stricter for accounts that are already there: from when it is asked,
 * and from when nothing else opens. Null when no such day is ahead.
 */
export function comingDay(
  services: Pick<Services, 'modules'>,
  firm: Publications,
  today: Temporal.PlainDate,
): Pick<Missing, 'from' | 'until'> | null {
  // Somebody who set up nothing, and whose account is as old as the firm.
  const bare = Object.fromEntries(services.modules.requirements.map((each) => [each.name, each.bare]))
  const found = missing(services, firm, bare)
  return found && Temporal.PlainDate.compare(found.until, today) > 0 ? { from: found.from, until: found.until } : null
}
