import type { Person } from '../../tenancy/person.ts'
import { all, granted, only, permission } from '../../tenancy/permission.ts'

/** A client's own colleagues; of nobody, where somebody is of no organisation. */
const colleagues = only(({ organisationId }) => (organisationId === null ? null : { kind: 'client', organisationId }))

/** Finding people, inviting them, and seeing how far they are. */
export const invitePeople = permission(
  'people.invite',
  { client: granted(colleagues), staff: all, admin: all },
  'inviteColleagues',
)

/** Whether this is an administrator's account. */
export const isAdministrator = ({ kind }: Pick<Person, 'kind'>): boolean => kind === 'admin'

/**
 * Everybody of the firm, whatever their organisation: where they are known, what stands in their way, what they agreed
 * to.
 */
export const seeEverybody = permission('people.everybody', { staff: all, admin: all })

/** How the firm as a whole is doing: how many are in, what does not arrive, what is used up. */
export const watchFirm = permission('firm.watch', { admin: all })

/** Acting on somebody's account or invitation: on an administrator only another one. */
export const changePeople = permission(
  'people.change',
  { client: granted(colleagues), staff: only(() => ({ kind: ['client', 'staff'] })), admin: all },
  'inviteColleagues',
)
