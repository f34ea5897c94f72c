import type { Expression, SqlBool } from 'kysely'
import { tables } from '../../platform/db/tables.ts'
import { people } from '../../identity/accounts/index.ts'
import { RecoveryRelease } from './entities.ts'

/** Who decides about a request, and whose yes counts: pieces of statements. */
const { fragment } = tables(RecoveryRelease)

/** How many of the firm's people must say yes. */
export const eyes = 2

/** The firm's people who said yes to a request and work here still: looked at when it counts, not when it was said. */
export const releases = (request: Expression<string>) =>
  fragment
    .selectFrom('recovery_release as l')
    .innerJoin(people.as('s'), (join) => join.onRef('s.tenant_id', '=', 'l.tenant_id').onRef('s.id', '=', 'l.staff_id'))
    .where('l.request_id', '=', request)
    .where('s.kind', '<>', 'client')
    .where('s.blocked_at', 'is', null)

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
