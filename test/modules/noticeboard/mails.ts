import { mailKind } from '../../../src/tenancy/mail-kind.ts'

/** What they wrote hangs on the board. */
export const notePostedMail = mailKind('notePosted', ['name'])

export const mails = [notePostedMail]
