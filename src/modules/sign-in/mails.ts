import { mailKind } from '../../tenancy/mail-kind.ts'

/** Strangers keep trying: a link that makes the owner's browser known. */
export const signInAlarmMail = mailKind('signInAlarm', ['name', 'lifetime'])

export const mails = [signInAlarmMail]
