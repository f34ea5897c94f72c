import { all, granted, only, permission } from '../../tenancy/permission.ts'

/** A client's own colleagues; of nobody, where somebody is of no organisation. */
const colleagues = only(({ organisationId }) => (organisationId === null ? null : { kind: 'client', organisationId }))

/** Finding people, inviting them, and seeing how far they are. */
export const invitePeople = permission(
  'people.invite',
  { client: granted(colleagues), staff: all, admin: all },
  'inviteColleagues',
)

/** Acting on somebody's account or invitation: on an administrator only another one. */
export const changePeople = permission(
  'people.change',
  { client: granted(colleagues), staff: only(() => ({ kind: ['client', 'staff'] })), admin: all },
  'inviteColleagues',
)
