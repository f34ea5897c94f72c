export { asked, readInvitation, type Asked, type InvitationForm } from './invitation.ts'
export { invite, type Invited } from './invite.ts'
export { requestNewLink, sendIfInvited } from './new-link.ts'
export { resend, withdraw, type Resent } from './send.ts'
