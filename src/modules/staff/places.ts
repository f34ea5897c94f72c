import {
  expressionBuilder,
  sql,
  type AliasableExpression,
  type Expression,
  type InferResult,
  type SqlBool,
} from 'kysely'
import type { people, Invitation } from '../../identity/accounts/index.ts'
import { states, type State } from './person.ts'

/** In whatever statement these conditions stand, the account is called `a`. */
const the = expressionBuilder<{ a: InferResult<typeof people>[number] }, 'a'>()

export type Where = Expression<SqlBool>
/** Of a statement that is asked now, or of one that is kept for other moments. */
export type Moment = Date | Expression<Date>

const unfinished = [the('a.activated_at', 'is', null), the('a.blocked_at', 'is', null)]
const blocked = the('a.blocked_at', 'is not', null)
const activated = the('a.activated_at', 'is not', null)
/** Its words stand in the text, so that a plan made once knows which part of the index it reads. */
const invitation = (is: Invitation, ...more: Where[]) =>
  the.and([...unfinished, the('a.invitation', '=', sql.lit(is)), ...more])

/**
 * Where an account can stand at a moment, each as conditions that exclude one another and that an index serves. Where
 * an invitation stands the database keeps on the account (see the migration `people`).
 */
export function places(at: Moment): Record<State, Where[]> {
  const [over, open] = [the('a.invitation_ends_at', '<=', at), the('a.invitation_ends_at', '>', at)]
  return {
    refused: [invitation('refused')],
    expired: [invitation('sent', over), invitation('begun', over)],
    opened: [invitation('opened'), invitation('begun', open)],
    invited: [invitation('sent', open)],
    new: [invitation('none')],
    blocked: [the.and([blocked, activated])],
    withdrawn: [the.and([blocked, the('a.activated_at', 'is', null)])],
    active: [the.and([activated, the('a.blocked_at', 'is', null)])],
  }
}

/** The first of these that holds says what it is. */
function firstOf<T extends string | number>(all: readonly (readonly [Expression<SqlBool>, T])[]) {
  const [[when, given], ...others] = all as [(typeof all)[number], ...typeof all]
  return others
    .reduce((sofar, [next, then]) => sofar.when(next).then(sql.lit(then)), the.case().when(when).then(sql.lit(given)))
    .end()
    .$notNull()
}

/** Where the account stands at a moment. */
export function stateAt(at: Moment): AliasableExpression<State> {
  const of = places(at)
  return firstOf<State>(states.map((each) => [the.or(of[each]), each]))
}

/** States in the order in which the list has them. */
export const rank = (state: Expression<State>): Expression<number> =>
  firstOf<number>(states.map((each, at) => [the(state, '=', sql.lit(each)), at]))

/** Mail to them comes back. */
export const mailFails = the.and([the('a.mail_failed_at', 'is not', null), the('a.blocked_at', 'is', null)])

/** The account stands in one of these states at a moment. */
export const isIn = (at: Moment, wanted: readonly State[]): Where => {
  const of = places(at)
  return the.or(wanted.flatMap((state) => of[state]))
}

export const isOne = (id: string): Where => the('a.id', '=', id)

/** Not active, or mail did not arrive, and somebody else: what is the matter with oneself is one's own to do. */
export const mayBeStuck = (self: string | null | Expression<string | null>): Where =>
  the.and([
    the('a.blocked_at', 'is', null),
    the.or([the('a.activated_at', 'is', null), the('a.mail_failed_at', 'is not', null)]),
    the('a.id', 'is distinct from', self),
  ])
