import { all, only, permission } from '../../tenancy/permission.ts'

/** Blocking somebody, opening their account again, and starting them anew: on an administrator only another one. */
export const helpPeople = permission('people.help', { staff: only(() => ({ kind: ['client', 'staff'] })), admin: all })
