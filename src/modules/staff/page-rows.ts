import { keptStatement, type Slots } from '../../platform/db/kept.ts'
import type { Context } from '../../tenancy/context.ts'
import { filtered, patience, type Filter } from './filters.ts'
import { areMany, isFound, isLike, mostCounted, patternOf } from './found.ts'
import { byColumn, inOrder } from './in-order.ts'
import { detailed, ofFew, perPage, reachKey, type Here, type Sort } from './people-store.ts'
import { states, type PersonRow, type State } from './person.ts'
import type { Where } from './places.ts'
import { always, seen } from './weighed.ts'

/** What the list is asked for. */
export interface Asked {
  search: string
  show: Filter
  sort: Sort
  /** How many people go before. */
  offset: number
}

/** Rows of a page and one more, each with the `total`; `over`: there are more than are counted. */
export interface PageRows {
  rows: (PersonRow & { total: number })[]
  over: boolean
}

/** What another is for each page: values of statements that are built once, whoever asks. */
interface Values {
  at: Date
  before: Date
  self: string | null
  offset: number
  pattern: string
}
const kept = keptStatement<Values>('at', 'before', 'self', 'offset', 'pattern')

const valuesOf = (context: Context, { search, offset }: Asked): Values => ({
  at: context.at,
  before: context.ago(patience),
  self: context.person?.id ?? null,
  offset,
  pattern: patternOf(search),
})

/** How a search narrows a page; nobody is left out where nothing is looked for. */
type Narrow = 'all' | 'found' | 'like'
function narrowed(context: Context, narrow: Narrow, { pattern }: Slots<Values>): Where {
  if (narrow === 'all') return always
  return narrow === 'found' ? isFound(context, pattern) : isLike(pattern)
}

/** Asks for those who are `here`. Whom somebody may see is a part of the text, so the text is kept by it. */
function rowsOf(context: Context, asked: Asked, key: string, here: (slots: Slots<Values>) => Here) {
  return kept(context, {
    of: context.services.modules,
    key: [reachKey(context), asked.show, asked.sort, key].join('|'),
    values: valuesOf(context, asked),
    build: (slots) => detailed(context, here(slots), asked.sort, slots.at),
  })
}

/** Of people who are few: each of them is weighed, and they are counted to the last. */
async function ofFewRows(context: Context, asked: Asked, narrow: Narrow): Promise<PageRows> {
  const rows = await rowsOf(context, asked, `few ${narrow}`, (slots) => {
    const { where, ...rest } = filtered(asked.show, slots)
    const condition = { ...rest, where: seen.and([narrowed(context, narrow, slots), where]) }
    return ofFew(context, condition, { ...slots, sort: asked.sort })
  })
  return { rows, over: false }
}

/** Of people who may be many: in the order of an index, and counted as far as is worth it. */
async function ofManyRows(context: Context, asked: Asked, wanted: readonly State[], narrow: Narrow): Promise<PageRows> {
  // In powers of two, so that not every page is a text of its own to plan.
  const depth = 2 ** Math.ceil(Math.log2(asked.offset + perPage + 1))
  const rows = await rowsOf(context, asked, `many ${narrow} ${depth}`, (slots) => {
    const of = { wanted, narrowed: narrowed(context, narrow, slots) }
    return asked.sort === 'attention' ? inOrder(context, of, depth, slots) : byColumn(context, of, asked.sort, slots)
  })
  return { rows, over: (rows[0]?.total ?? 0) > mostCounted }
}

/**
 * The people of a page. Who is looked for is found by the index of pieces of texts; where more are found than are
 * counted, and where nobody is looked for, an index gives them in the order of the page.
 */
export async function pageRows(context: Context, asked: Asked): Promise<PageRows> {
  if (asked.search) {
    const found = await ofFewRows(context, asked, 'found')
    if (found.rows.length || !(await areMany(context, patternOf(asked.search)))) return found
  }
  const narrow = asked.search ? 'like' : 'all'
  const { show } = asked
  if (show === 'stuck' || show === 'mail') return ofFewRows(context, asked, narrow)
  return ofManyRows(context, asked, show === 'all' ? states : [show], narrow)
}
