import type { Expression, SqlBool } from 'kysely'
import { tables } from '../../platform/db/tables.ts'
import { people } from '../../identity/accounts/index.ts'
import { RecoveryRelease, RecoveryRequest } from './entities.ts'

/** Who decides about a request, and whose yes counts: pieces of statements. */
const { fragment } = tables(RecoveryRelease, RecoveryRequest)

/** How many of the firm's people must say yes. */
export const eyes = 2

/**
 * Whether only administrators decide over an account: over one of theirs, where the firm has enough others of them to
 * say yes. Else its only administrator, or one of two, could never come back.
 */
export const adminsDecide = (account: { id: Expression<string>; kind: Expression<string> }): Expression<SqlBool> =>
  fragment.and([
    fragment(account.kind, '=', 'admin'),
    fragment(
      fragment
        .selectFrom(people.as('other'))
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('other.kind', '=', 'admin')
        .where('other.id', '<>', account.id)
        .where('other.activated_at', 'is not', null)
        .where('other.blocked_at', 'is', null),
      '>=',
      eyes,
    ),
  ])

/**
 * The firm's people who said yes to a request, work here still, and may decide over its account still: looked at when
 * it counts, not when it was said.
 */
export const releases = (request: Expression<string>) =>
  fragment
    .selectFrom('recovery_release as l')
    .innerJoin(people.as('s'), (join) => join.onRef('s.tenant_id', '=', 'l.tenant_id').onRef('s.id', '=', 'l.staff_id'))
    .innerJoin('recovery_request as about', (join) =>
      join.onRef('about.tenant_id', '=', 'l.tenant_id').onRef('about.id', '=', 'l.request_id'),
    )
    .innerJoin(people.as('whose'), (join) =>
      join.onRef('whose.tenant_id', '=', 'about.tenant_id').onRef('whose.id', '=', 'about.account_id'),
    )
    .where('l.request_id', '=', request)
    .where('s.kind', '<>', 'client')
    .where('s.blocked_at', 'is', null)
    .where((eb) =>
      eb.or([eb('s.kind', '=', 'admin'), eb.not(adminsDecide({ id: eb.ref('whose.id'), kind: eb.ref('whose.kind') }))]),
    )
