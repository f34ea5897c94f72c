import { invitePeople } from '../../identity/accounts/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { moment, taskSource, type Answered } from '../../tenancy/home-parts.ts'
import { mostNamed, namedTasks } from '../../tenancy/named-tasks.ts'
import { expiring } from './store.ts'

/** How long before its end an invitation is worth a call. */
const soon = 'P1D'

const asks = (context: PersonContext) =>
  allow(context, invitePeople) ? expiring(context, context.from(soon), mostNamed) : null

/** Invitations that stop working soon, the first to stop on top. */
export const expiringTasks = taskSource<Answered<typeof asks>>({
  name: 'expiring',
  order: 50,
  asks,
  tasks: (_, found) =>
    namedTasks(
      found ?? [],
      ({ id, name, expiresAt }) => ({
        key: 'activation.todo.expiring',
        until: null,
        name,
        at: moment(expiresAt),
        href: `/staff/people/${id}/invitation`,
      }),
      (count) => ({ key: 'activation.todo.moreExpiring', until: null, count, href: '/staff/people?show=invited' }),
    ),
})
