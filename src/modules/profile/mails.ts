import { mailKind } from '../../tenancy/mail-kind.ts'

/** To the new address: the link that confirms it. */
export const emailChangeMail = mailKind('emailChange', ['name', 'lifetime'])

export const mails = [emailChangeMail]
