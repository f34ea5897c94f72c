import { expressionBuilder, sql } from 'kysely'
import { invitePeople, people } from '../../identity/accounts/index.ts'
import { openFlows } from '../../identity/flow/index.ts'
import { visible } from '../../identity/permissions/index.ts'
import { oneTimes } from '../../identity/tokens/index.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { failedMail } from '../../tenancy/outbox-store.ts'
import type { State } from './person.ts'
import { mailFails, stateAt, type Moment, type Where } from './places.ts'

/** No table is ours: people, their invitations, activations and mails are what their owners hand out. */
const db = tables()

/** What filter and order need to know of somebody. */
export interface Weighed {
  tenant_id: string
  id: string
  sorted: string
  last_sign_in_at: Date | null
  begun_at: Date | null
  mail_fails_since: Date | null
  mail_failed_at: Date | null
  state: State
}
/** One of these, whatever the statement they stand in. */
export const weighedOne = expressionBuilder<{ p: Weighed }, 'p'>()

/** A condition on the account `a`, and where wanted one on what it comes to. */
export interface Condition {
  where: Where
  only?: Where
}

interface Failure {
  made_at: Date
  at: Date
}
interface Invitation {
  created_at: Date
  dead_at: Date | null
  expires_at: Date
}
type Account = Record<'activated_at' | 'last_sign_in_at' | 'mail_failed_at', Date | null> & { created_at: Date }
export const seen = expressionBuilder<{ a: Account; f: Failure; l: Invitation }, 'a' | 'f' | 'l'>()

/** Since when mail to the account `a` comes back. */
export const failsSince = seen.case().when(mailFails).then(seen.ref('a.mail_failed_at')).end()

/** When a mail failed, which counts as long as the person has not signed in since and no later invitation went out. */
export const failedAt = seen
  .case()
  .when(
    'f.made_at',
    '>=',
    seen.fn<Date>('greatest', [
      seen.case().when('a.activated_at', 'is', null).then(seen.ref('l.created_at')).end(),
      'a.last_sign_in_at',
      'a.activated_at',
      'a.created_at',
    ]),
  )
  .then(seen.ref('f.at'))
  .end()

/** The newest invitation of the account `a`, and what became of it. */
export const invitation = (when: Where) =>
  db.fragment
    .selectFrom(oneTimes.as('o'))
    .select(['o.created_at', 'o.expires_at', 'o.used_at', 'o.dead_at'])
    .where(when)
    .where('o.tenant_id', '=', sql.ref<string>('a.tenant_id'))
    .where('o.account_id', '=', sql.ref<string>('a.id'))
    .where('o.purpose', '=', sql.lit('activation'))
    .orderBy('o.created_at', 'desc')
    .orderBy((eb) => eb('o.dead_at', 'is', null), 'desc')
    .limit(sql.lit(1))

/** The activation that the account `a` has begun and not finished. */
export const openActivation = (when: Where) =>
  db.fragment
    .selectFrom(openFlows.as('r'))
    .select(['r.id', 'r.started_at'])
    .where(when)
    .where('r.tenant_id', '=', sql.ref<string>('a.tenant_id'))
    .where('r.account_id', '=', sql.ref<string>('a.id'))
    .where('r.track', '=', sql.lit('activation'))
    .limit(sql.lit(1))

export const always = sql.lit(true) as Where
const begun = sql.ref<string>('a.invitation')
/** Of whom an invitation or an activation begun says more than the account does. */
const unsettled = seen(begun, 'in', [sql.lit('opened'), sql.lit('begun')])

/** Who can have begun an activation that is told of: in already, or by what the database says of their invitation. */
export const mayBeUnderWay = seen.or([seen('a.activated_at', 'is not', null), unsettled])

/** What filter and order need to know of each account of a condition. Only of whom it matters more is looked up. */
export function weighed(context: Context, { where, only = always }: Condition, at: Moment = context.at) {
  const unfinished = seen('a.activated_at', 'is', null)
  const all = db(context)
    .selectFrom(people.as('a'))
    .leftJoin(failedMail.as('f'), 'f.account_id', 'a.id')
    .leftJoinLateral(
      invitation(seen.and([unfinished, seen.or([seen('f.at', 'is not', null), unsettled])])).as('l'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(openActivation(seen.and([unfinished, unsettled])).as('r'), (join) => join.onTrue())
    .select(['a.tenant_id', 'a.id', 'a.last_sign_in_at'])
    .select((eb) => [
      eb.fn<string>('lower', ['a.name']).as('sorted'),
      eb.fn.coalesce('r.started_at', 'l.created_at').as('begun_at'),
      failsSince.as('mail_fails_since'),
      failedAt.as('mail_failed_at'),
      stateAt(at).as('state'),
    ])
    .where(visible(context, invitePeople, 'a'))
    .where(where)
  return db(context).selectFrom(all.as('p')).selectAll('p').where(only)
}

/** Who does not get in, and why not is not that they take their time: begun before this moment counts. */
export const isStuck = (before: Moment): Where => {
  const failed = weighedOne('p.mail_failed_at', 'is not', null)
  const stands = (state: State) => weighedOne('p.state', '=', sql.lit(state))
  return weighedOne.or([
    weighedOne('p.mail_fails_since', 'is not', null),
    stands('refused'),
    stands('expired'),
    weighedOne.and([weighedOne.or([stands('invited'), stands('opened')]), failed]),
    weighedOne.and([stands('opened'), weighedOne('p.begun_at', '<=', before)]),
  ])
}
