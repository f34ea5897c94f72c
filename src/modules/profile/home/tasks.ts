import { sql } from 'kysely'
import { mailFailedAt } from '../../../identity/accounts/index.ts'
import { moment, taskSource } from '../../../tenancy/home-parts.ts'
import { jsonBuildObject } from 'kysely/helpers/postgres'

/** Mail to somebody comes back: they are asked to look at their address. */
export const mailTask = taskSource<{ since: string | null }>({
  name: 'mailFails',
  order: 10,
  asks: ({ person }) => jsonBuildObject({ since: mailFailedAt(sql.val(person.id)) }),
  tasks: (_, { since }) =>
    since ? [{ key: 'profile.todo.mailFails', until: null, at: moment(since), href: '/profile/email' }] : [],
})
