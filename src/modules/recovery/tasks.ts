import { allow } from '../../identity/permissions/index.ts'
import { taskSource } from '../../tenancy/home-parts.ts'
import { mostNamed, namedTasks } from '../../tenancy/named-tasks.ts'
import { decideResets } from './permissions.ts'
import { waitingFor, type WaitingRequest } from './waiting.ts'

/** Who lost everything and waits for this person's yes, the longest waiting on top. */
export const requestTasks = taskSource<WaitingRequest[] | null>({
  name: 'requests',
  order: 40,
  asks: (context) => (allow(context, decideResets) ? waitingFor(context, 'mine', mostNamed) : null),
  tasks: (_, requests) =>
    namedTasks(
      requests ?? [],
      ({ id, name, askedAt }) => ({
        key: 'recovery.todo.release',
        until: null,
        name,
        at: new Date(askedAt),
        href: `/staff/resets/${id}/release`,
      }),
      (count) => ({ key: 'recovery.todo.requests', until: null, count, href: '/staff/resets' }),
    ),
})
