import { expressionBuilder, sql, type Expression } from 'kysely'
import { invitePeople, people } from '../../identity/accounts/index.ts'
import { visible } from '../../identity/permissions/index.ts'
import { keptStatement } from '../../platform/db/kept.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { failedMail } from '../../tenancy/outbox-store.ts'
import { detailed, inOrderOf, perPage, type Here } from './people-store.ts'
import { states, type PersonRow, type State } from './person.ts'
import { mailFails, places, type Moment, type Where } from './places.ts'
import { always, seen, weighed, weighedOne, type Condition, type Weighed } from './weighed.ts'

const db = tables()

/** So many people are counted, and no more: a list of hundreds of thousands costs what one of this many costs. */
export const mostCounted = 10_000

/** The values of the statement: a moment, and how many people go before. */
interface Slots {
  at: Expression<Date>
  offset: Expression<number>
}

const listed = [
  'tenant_id',
  'id',
  'sorted',
  'last_sign_in_at',
  'begun_at',
  'mail_fails_since',
  'mail_failed_at',
  'state',
] as const
/** Rows that the statement has under a name. */
const rowsOf = (name: string) => expressionBuilder<Record<string, Weighed>>().selectFrom(name).select(listed)
/** Literals: what a statement that is kept has values for is another each time. */
const among = (wanted: readonly State[]) =>
  weighedOne(
    'p.state',
    'in',
    wanted.map((state) => sql.lit(state)),
  )
const howMany = (name: string, of: Where = always) =>
  expressionBuilder<Record<string, Weighed>>()
    .selectFrom(`${name} as p`)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(of)
    .$asScalar()

/** Whose mail does not arrive. Not `or`: that would look at everybody. */
const inTrouble = (context: Context): Condition => ({
  where: seen(
    sql.ref<string>('a.id'),
    'in',
    db(context)
      .selectFrom(people.as('a'))
      .select('a.id')
      .where(mailFails)
      .union(
        db(context)
          .selectFrom(failedMail.as('f'))
          .select((eb) => eb.ref('f.account_id').$notNull().as('id')),
      ),
  ),
  only: weighedOne.or([
    weighedOne('p.mail_fails_since', 'is not', null),
    weighedOne('p.mail_failed_at', 'is not', null),
  ]),
})

/** The first by name of those in one place whose mail arrives, in the order of an index. */
function firstIn(context: Context, state: State, where: Where, depth: number) {
  const troubled = expressionBuilder<Record<string, Weighed>>()
    .selectFrom('trouble')
    .select('trouble.id')
    .where('trouble.id', '=', sql.ref<string>('a.id'))
  return db(context)
    .selectFrom(people.as('a'))
    .select(['a.tenant_id', 'a.id', 'a.last_sign_in_at'])
    .select((eb) => [
      eb.fn<string>('lower', ['a.name']).as('sorted'),
      eb.cast<Date | null>(eb.lit(null), 'timestamptz').as('begun_at'),
      eb.cast<Date | null>(eb.lit(null), 'timestamptz').as('mail_fails_since'),
      eb.cast<Date | null>(eb.lit(null), 'timestamptz').as('mail_failed_at'),
      eb.cast<State>(sql.lit(state), 'text').as('state'),
    ])
    .where(visible(context, invitePeople, 'a'))
    .where(where)
    .where((eb) => eb.not(eb.exists(troubled)))
    .orderBy((eb) => eb.fn<string>('lower', ['a.name']))
    .orderBy('a.id')
    .limit(sql.lit(depth))
}

/** How many there are in these states, as far as they are counted: one more than that says that there are more. */
function counted(context: Context, wanted: readonly State[], at: Moment) {
  const of = places(at)
  const all = wanted.flatMap((state) => of[state])
  const some = db(context)
    .selectFrom(people.as('a'))
    .select('a.id')
    .where(visible(context, invitePeople, 'a'))
    .where((eb) => (wanted.length === states.length ? always : eb.or(all)))
    .limit(sql.lit(mostCounted + 1))
  return db(context)
    .selectFrom(some.as('c'))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .$asScalar()
}

/**
 * Those on the page, of everybody in these states, however many: who gets no mail first, then state after state. Of each
 * state an index gives the first by name, as many as those before it left room for.
 */
function inOrder(context: Context, wanted: readonly State[], depth: number, { at, offset }: Slots) {
  const of = places(at)
  const names = wanted.map((state) => `in_${state}`)
  const shown = seen(seen.cast<number>(offset, 'integer'), '+', sql.lit(perPage + 1))
  const room = (nth: number) =>
    seen.fn<number>('greatest', [
      seen.lit(0),
      names
        .slice(0, nth)
        .reduce((left, name) => seen(left, '-', howMany(name)), seen(shown, '-', howMany('trouble', among(wanted)))),
    ])
  const begun = db(context).with(
    (cte) => cte('trouble').materialized(),
    () => weighed(context, inTrouble(context), at),
  )
  const statement = wanted.reduce((sofar, state, nth) => {
    const parts = of[state].map((where) =>
      db(context)
        .selectFrom(firstIn(context, state, where, depth).as('p'))
        .selectAll('p'),
    )
    const [first, ...others] = parts
    const together = others.reduce((all, part) => all.unionAll(part), first!)
    const ordered = db(context)
      .selectFrom(together.as('p'))
      .selectAll('p')
      .orderBy('p.sorted')
      .orderBy('p.id')
      .limit(room(nth))
    return sofar.with(
      (cte) => cte(names[nth]!).materialized(),
      () => ordered,
    )
  }, begun)
  const everybody = names.reduce(
    (all, name) => all.unionAll(rowsOf(name)),
    rowsOf('trouble').where(
      'state',
      'in',
      wanted.map((state) => sql.lit(state)),
    ),
  )
  const here = statement
    .selectFrom(everybody.as('p'))
    .selectAll('p')
    .select(counted(context, wanted, at).as('total'))
  return inOrderOf(here, 'attention')
    .limit(sql.lit(perPage + 1))
    .offset(offset) as unknown as Here // the same columns, by another way
}

const everybody = keptStatement<{ at: Date; offset: number }>('at', 'offset')

/** Everybody in these states whom this person may see, from so many on: a page and one more. */
export function allInOrder(
  context: Context,
  wanted: readonly State[],
  offset: number,
): Promise<(PersonRow & { total: number })[]> {
  // In powers of two, so that not every page is a text of its own to plan.
  const depth = 2 ** Math.ceil(Math.log2(offset + perPage + 1))
  // Whom they may see is a part of the text, so the text is kept by it.
  const reach = db(context)
    .selectFrom(people.as('a'))
    .select('a.id')
    .where(visible(context, invitePeople, 'a'))
    .compile()
  return everybody(context, {
    of: context.services.modules,
    key: [reach.sql, wanted.join(), depth].join('|'),
    values: { at: context.at, offset },
    build: (slots) => detailed(context, inOrder(context, wanted, depth, slots), 'attention', slots.at),
  })
}
