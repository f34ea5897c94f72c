import { factorFactsOf, hasSecondStep } from '../../identity/factors/index.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { Context } from '../../tenancy/context.ts'
import { allInOrder, mostCounted } from './in-order.ts'
import { detailed, ofFew, perPage, type Sort } from './people-store.ts'
import { shown, states, type PersonInFull, type PersonShown } from './person.ts'
import { isFound, isIn, isOne, mailFails, mayBeStuck } from './places.ts'
import { always, isStuck, seen, type Condition } from './weighed.ts'

/** A page of the list: who needs attention is on top. `total` counts all pages; `over`: there are more than are counted. */
export interface PeoplePage {
  people: PersonShown[]
  total: number
  over: boolean
  page: number
  more: boolean
}

/** Whom the list can show: everybody, who does not get in without help, whose mail comes back, or one state. */
export const filters = ['all', 'stuck', 'mail', ...states] as const
export type Filter = (typeof filters)[number]

/** How long somebody may take over activating before they count as stuck. */
const patience = 'P1D'

/**
 * Who does not get in and will not without help: an address that does not work, an invitation that did not arrive, a link
 * that expired or died of wrong answers, an activation begun and left. Of the others only a look at an
 * index is spent; what is the matter with oneself is one's own to do.
 */
const stuck = (context: Context): Condition => ({
  where: mayBeStuck(context.person?.id ?? null),
  only: isStuck(context.ago(patience)),
})

/** A filter as a condition; only names of ours come into the statement. */
function filtered(context: Context, show: Filter): Condition {
  if (show === 'stuck') return stuck(context)
  if (show === 'mail') return { where: mailFails }
  return { where: show === 'all' ? always : isIn(context.at, [show]) }
}

const searched = (search: string, { where, ...rest }: Condition): Condition =>
  search ? { ...rest, where: seen.and([isFound(search), where]) } : { ...rest, where }

/** The people this person may see: whom the filter lets through, by name or e-mail address where something is looked for. */
export async function listPeople(
  context: Context,
  { search, page, show = 'all', sort = 'attention' }: { search: string; page: number; show?: Filter; sort?: Sort },
): Promise<PeoplePage> {
  const offset = (page - 1) * perPage
  const everybody = !search && sort === 'attention' && show !== 'stuck' && show !== 'mail'
  const rows = everybody
    ? await allInOrder(context, show === 'all' ? states : [show], offset)
    : await detailed(
        context,
        ofFew(context, searched(search, filtered(context, show)), { offset, sort }),
        sort,
      ).execute()
  const total = rows[0]?.total ?? 0
  return {
    people: rows.slice(0, perPage).map((row) => shown(context, row)),
    total: Math.min(total, everybody ? mostCounted : total),
    over: everybody && total > mostCounted,
    page,
    more: rows.length > perPage,
  }
}

/** Rows of those who are stuck, so many of them, in the order of the list and each with the `total`: a source for a statement. */
export const stuckPeople = (context: Context, most: number) =>
  detailed(context, ofFew(context, stuck(context), { most }))

/** One of the people this person may see. @throws Refusal 404, also for who exists and is out of reach */
export async function personShown(context: Context, id: string): Promise<PersonInFull> {
  const [row, factors] = await Promise.all([
    detailed(context, ofFew(context, { where: isOne(id) }, {})).executeTakeFirst(),
    factorFactsOf(context, id),
  ])
  if (!row || !factors) throw notFound()
  return { ...shown(context, row), secondStep: hasSecondStep(context, factors) }
}
