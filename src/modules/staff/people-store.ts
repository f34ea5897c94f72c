import { sql, type Expression } from 'kysely'
import { invitePeople, people } from '../../identity/accounts/index.ts'
import { pendingOf } from '../../identity/flow/index.ts'
import { visible } from '../../identity/permissions/index.ts'
import { keptStatement } from '../../platform/db/kept.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { failedMail } from '../../tenancy/outbox-store.ts'
import { organisationName } from '../organisations/index.ts'
import { mailFails, rank, stateAt, type Moment } from './places.ts'
import {
  always,
  failedAt,
  failsSince,
  invitation,
  mayBeUnderWay,
  openActivation,
  weighed,
  weighedOne,
  type Condition,
} from './weighed.ts'

/** No table is ours: people, their invitations, activations and mails are what their owners hand out. */
const db = tables()

/** People on one page of the list. */
export const perPage = 50
/** `attention`: who is stuck on top, then by name. */
export const sorts = ['attention', 'name', 'lastSignIn'] as const
export type Sort = (typeof sorts)[number]

const mail = weighedOne.and([weighedOne('p.mail_fails_since', 'is', null), weighedOne('p.mail_failed_at', 'is', null)])
const orders: Record<Sort, readonly (readonly [Expression<unknown>, 'asc' | 'desc'])[]> = {
  attention: [
    [mail, 'asc'],
    [rank(weighedOne.ref('p.state')), 'asc'],
  ],
  name: [],
  lastSignIn: [
    [weighedOne('p.last_sign_in_at', 'is', null), 'asc'],
    [weighedOne.ref('p.last_sign_in_at'), 'desc'],
  ],
}

/** What a statement on weighed people can be told: in which order they come. */
interface Ordered<Q> {
  orderBy(by: Expression<unknown>, direction: 'asc' | 'desc'): Q
}
/** In the order of the list; the same name comes in an order of its own. */
export const inOrderOf = <Q extends Ordered<Q>>(query: Q, sort: Sort): Q =>
  [...orders[sort], [weighedOne.ref('p.sorted'), 'asc'] as const, [weighedOne.ref('p.id'), 'asc'] as const].reduce(
    (sofar, [by, direction]) => sofar.orderBy(by, direction),
    query,
  )

/** Which of them are asked for, and as of when; of a statement that is kept, by its slots. */
interface Part {
  offset?: number | Expression<number>
  most?: number
  sort?: Sort
  at?: Moment
}

/** Those on the page, of people each of whom is weighed: where few fit the condition. */
export function ofFew(
  context: Context,
  condition: Condition,
  { offset = 0, most = perPage + 1, sort = 'attention', at = context.at }: Part,
) {
  const few = db(context)
    .selectFrom(weighed(context, condition, at).as('p'))
    .selectAll('p')
    .select((eb) => eb.fn.countAll<number>().over().as('total'))
  return inOrderOf(few, sort).limit(sql.lit(most)).offset(offset)
}

/** Those on a page, each with the number of all. */
export type Here = ReturnType<typeof ofFew>

/** What staff see of those on a page, in its order. The facts that cost more are looked up for its rows only. */
export function detailed(context: Context, here: Here, sort: Sort = 'attention', at: Moment = context.at) {
  const rows = db(context)
    .selectFrom(here.as('p'))
    .innerJoin(people.as('a'), (join) => join.onRef('a.tenant_id', '=', 'p.tenant_id').onRef('a.id', '=', 'p.id'))
    .leftJoin(failedMail.as('f'), 'f.account_id', 'a.id')
    .leftJoinLateral(invitation(always).as('l'), (join) => join.onTrue())
    .leftJoinLateral(openActivation(mayBeUnderWay).as('r'), (join) => join.onTrue())
    .select([
      'p.total',
      'a.id',
      'a.invite_after',
      'a.known_elsewhere',
      'a.name',
      'a.email',
      'a.username',
      'a.kind',
      'a.role',
      'a.language',
      'a.activated_at',
      'a.blocked_at',
      'a.last_sign_in_at',
      'l.created_at as invited_at',
      'l.expires_at',
      'l.dead_at',
      'r.started_at',
    ])
    .select((eb) => [
      failsSince.as('mail_fails_since'),
      failedAt.as('mail_failed_at'),
      stateAt(at).as('state'),
      organisationName(eb.ref('a.organisation_id')).as('organisation'),
      pendingOf(context.services, eb.ref('r.id')).as('pending'),
    ])
  return inOrderOf(rows, sort)
}

/** Whom somebody may see, as far as the text of a statement depends on it: a text that is kept is kept by this. */
export const reachKey = (context: Context): string =>
  db(context)
    .selectNoFrom(visible(context, invitePeople, 'a').as('reach'))
    .compile().sql

const mailFailing = keptStatement<object>()

/** How many of the people this person may see get no mail. */
export async function countMailFails(context: Context): Promise<number> {
  const [row] = await mailFailing(context, {
    of: context.services.modules,
    key: reachKey(context),
    values: {},
    build: () =>
      db(context)
        .selectFrom(people.as('a'))
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where(visible(context, invitePeople, 'a'))
        .where(mailFails),
  })
  return row!.n
}
