import { readEmail } from '../../identity/accounts/index.ts'
import { factorFactsOf, hasSecondStep } from '../../identity/factors/index.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { Context } from '../../tenancy/context.ts'
import { patience, stuck, type Filter } from './filters.ts'
import { mostCounted } from './found.ts'
import { pageRows } from './page-rows.ts'
import { detailed, ofFew, perPage, type Sort } from './people-store.ts'
import { shown, type PersonInFull, type PersonShown } from './person.ts'
import { isOne } from './places.ts'

/** A page of the list: who needs attention is on top. `total` counts all pages; `over`: there are more than are counted. */
export interface PeoplePage {
  people: PersonShown[]
  total: number
  over: boolean
  page: number
  more: boolean
}

/** The people this person may see: whom the filter lets through, by name or e-mail address where something is looked for. */
export async function listPeople(
  context: Context,
  { search, page, show = 'all', sort = 'attention' }: { search: string; page: number; show?: Filter; sort?: Sort },
): Promise<PeoplePage> {
  const { rows, over } = await pageRows(context, { search, show, sort, offset: (page - 1) * perPage })
  return {
    people: rows.slice(0, perPage).map((row) => shown(context, row)),
    total: over ? mostCounted : (rows[0]?.total ?? 0),
    over,
    page,
    more: rows.length > perPage,
  }
}

/** Rows of those who are stuck, so many of them, in the order of the list and each with the `total`: a source for a statement. */
export const stuckPeople = (context: Context, most: number) =>
  detailed(
    context,
    ofFew(context, stuck({ self: context.person?.id ?? null, before: context.ago(patience) }), { most }),
  )

/** One of the people this person may see. @throws Refusal 404, also for who exists and is out of reach */
export async function personShown(context: Context, id: string): Promise<PersonInFull> {
  const [row, factors] = await Promise.all([
    detailed(context, ofFew(context, { where: isOne(id) }, {})).executeTakeFirst(),
    factorFactsOf(context, id),
  ])
  if (!row || !factors) throw notFound()
  const read = readEmail(row.email)
  return {
    ...shown(context, row),
    secondStep: hasSecondStep(context, factors),
    confusable: read.ok && read.confusable,
  }
}
