import { mailKind } from '../../tenancy/mail-kind.ts'

/** The invitation, with the link by which an account is made. */
export const activationMail = mailKind('activation', ['name', 'lifetime'])
/** To who asks for a link and is active already: they can sign in. */
export const activationAgainMail = mailKind('activationAgain', ['name'])
/** To somebody the firm knows elsewhere: who wanted to invite them, and whom to ask. */
export const invitedElsewhereMail = mailKind('invitedElsewhere', ['name', 'organisation'])

export const mails = [activationMail, activationAgainMail, invitedElsewhereMail]
