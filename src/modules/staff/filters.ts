import type { Expression } from 'kysely'
import { states } from './person.ts'
import { isIn, mailFails, mayBeStuck, type Moment } from './places.ts'
import { always, isStuck, type Condition } from './weighed.ts'

/** Whom the list can show: everybody, who does not get in without help, whose mail comes back, or one state. */
export const filters = ['all', 'stuck', 'mail', ...states] as const
export type Filter = (typeof filters)[number]

/** How long somebody may take over activating before they count as stuck. */
export const patience = 'P1D'

/** What a filter depends on; of a statement that is kept, by its slots. */
export interface Seen {
  at: Moment
  /** So long ago that who began before it counts as stuck. */
  before: Moment
  /** Who looks. */
  self: string | null | Expression<string | null>
}

/**
 * Who does not get in and will not without help: an address that does not work, an invitation that did not arrive, a
 * link that expired or died of wrong answers, an activation begun and left. Of the others only a look at an
 * index is spent; what is the matter with oneself is one's own to do.
 */
export const stuck = ({ before, self }: Omit<Seen, 'at'>): Condition => ({
  where: mayBeStuck(self),
  only: isStuck(before),
})

/** A filter as a condition; only names of ours come into the statement. */
export function filtered(show: Filter, seen: Seen): Condition {
  if (show === 'stuck') return stuck(seen)
  if (show === 'mail') return { where: mailFails }
  return { where: show === 'all' ? always : isIn(seen.at, [show]) }
}
