import { taskSource } from '../../../tenancy/home-parts.ts'

/** Mail to somebody comes back: they are asked to look at their address. */
export const mailTask = taskSource({
  name: 'mailFails',
  order: 10,
  asks: () => null,
  tasks: ({ person: { mailFailedAt } }) =>
    mailFailedAt ? [{ key: 'profile.todo.mailFails', until: null, at: mailFailedAt, href: '/profile/email' }] : [],
})
