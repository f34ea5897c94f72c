import { expressionBuilder, sql, type Expression } from 'kysely'
import { invitePeople, people } from '../../identity/accounts/index.ts'
import { visible } from '../../identity/permissions/index.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { failedMail } from '../../tenancy/outbox-store.ts'
import { mostCounted } from './found.ts'
import { inOrderOf, perPage, type Here, type Sort } from './people-store.ts'
import { states, type State } from './person.ts'
import { isIn, mailFails, places, type Moment, type Where } from './places.ts'
import { always, seen, weighed, weighedOne, type Condition, type Weighed } from './weighed.ts'

const db = tables()

/** Whom a page in an order by an index is of: everybody in these states whom it is not narrowed from. */
export interface Everybody {
  wanted: readonly State[]
  narrowed: Where
}

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

/** For how many more a page has room before each state: said once each, as a row of the statement. */
const roomFor = (nth: number) => `room_${nth}`
const room = (nth: number) =>
  expressionBuilder<Record<string, { n: number }>>().selectFrom(roomFor(nth)).select('n').$asScalar()
const roomAfter = (context: Context, before: Expression<number>, taken: Expression<number>) =>
  db(context).selectNoFrom(seen.fn<number>('greatest', [seen.lit(0), seen(before, '-', taken)]).as('n'))

/** Whose mail does not arrive. Not `or`: that would look at everybody. */
const inTrouble = (context: Context, narrowed: Where): Condition => ({
  where: seen.and([
    narrowed,
    seen(
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
  ]),
  only: weighedOne.or([
    weighedOne('p.mail_fails_since', 'is not', null),
    weighedOne('p.mail_failed_at', 'is not', null),
  ]),
})

/** What is known of somebody without being weighed. */
const unweighed = (context: Context, state: State | null) =>
  db(context)
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

/** The first by name of those in one place whose mail arrives, in the order of an index. */
function firstIn(context: Context, state: State, where: Where, depth: number) {
  const troubled = expressionBuilder<Record<string, Weighed>>()
    .selectFrom('trouble')
    .select('trouble.id')
    .where('trouble.id', '=', sql.ref<string>('a.id'))
  return unweighed(context, state)
    .where(where)
    .where((eb) => eb.not(eb.exists(troubled)))
    .orderBy((eb) => eb.fn<string>('lower', ['a.name']))
    .orderBy('a.id')
    .limit(sql.lit(depth))
}

/** In one of these states; of all of them nothing needs to be looked at. */
const isAmong = (wanted: readonly State[], at: Moment): Where =>
  wanted.length === states.length ? always : isIn(at, wanted)

/** How many there are, as far as they are counted: one more than that says that there are more. */
function counted(context: Context, { wanted, narrowed }: Everybody, at: Moment) {
  const some = db(context)
    .selectFrom(people.as('a'))
    .select('a.id')
    .where(visible(context, invitePeople, 'a'))
    .where(isAmong(wanted, at))
    .where(narrowed)
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
export function inOrder(context: Context, of: Everybody, depth: number, { at, offset }: Slots): Here {
  const { wanted, narrowed } = of
  const placed = places(at)
  const names = wanted.map((state) => `in_${state}`)
  const shown = seen(seen.cast<number>(offset, 'integer'), '+', sql.lit(perPage + 1))
  const begun = db(context)
    .with(
      (cte) => cte('trouble').materialized(),
      () => weighed(context, inTrouble(context, narrowed), at),
    )
    .with(
      (cte) => cte(roomFor(0)).materialized(),
      () => roomAfter(context, shown, howMany('trouble', among(wanted))),
    )
  const parts = wanted.flatMap((state, nth) => {
    const all = placed[state].map((where) =>
      db(context)
        .selectFrom(firstIn(context, state, seen.and([where, narrowed]), depth).as('p'))
        .selectAll('p'),
    )
    const [first, ...others] = all
    const together = others.reduce((sofar, part) => sofar.unionAll(part), first!)
    const ordered = db(context)
      .selectFrom(together.as('p'))
      .selectAll('p')
      .orderBy('p.sorted')
      .orderBy('p.id')
      .limit(room(nth))
    return [
      { name: names[nth]!, rows: ordered },
      { name: roomFor(nth + 1), rows: roomAfter(context, room(nth), howMany(names[nth]!)) },
    ]
  })
  const statement = parts.reduce(
    (sofar, { name, rows }) =>
      sofar.with(
        (cte) => cte(name).materialized(),
        () => rows,
      ),
    begun,
  )
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
    .select(counted(context, of, at).as('total'))
  return inOrderOf(here, 'attention')
    .limit(sql.lit(perPage + 1))
    .offset(offset) as unknown as Here // names that are made are of rows and of room alike to the builder
}

/** The same in an order that a column gives: nobody needs to be weighed. */
export function byColumn(context: Context, of: Everybody, sort: Sort, { at, offset }: Slots): Here {
  const all = unweighed(context, null).where(isAmong(of.wanted, at)).where(of.narrowed)
  const here = db(context)
    .selectFrom(all.as('p'))
    .selectAll('p')
    .select(counted(context, of, at).as('total'))
  return inOrderOf(here, sort)
    .limit(sql.lit(perPage + 1))
    .offset(offset)
}
