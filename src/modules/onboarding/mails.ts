import { mailKind } from '../../tenancy/mail-kind.ts'

/** The account works, and how one signs in. `by`: with what. */
export const activatedMail = mailKind('activated', ['name', 'by'])
/** More is asked by now, and until when it can wait. */
export const stricterMail = mailKind('stricter', ['name', 'until'])
/** The name and a password for once. */
export const credentialsMail = mailKind('credentials', ['name', 'lifetime'])

export const mails = [activatedMail, stricterMail, credentialsMail]
