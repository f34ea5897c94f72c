import { mailKind } from '../../tenancy/mail-kind.ts'

/** The link to choose a new password. */
export const resetMail = mailKind('reset', ['name', 'lifetime'])
/** The same, asked by somebody of the firm. */
export const resetStartedMail = mailKind('resetStarted', ['name', 'lifetime'])
/** The same, for which no factor is asked any more. */
export const resetReleasedMail = mailKind('resetReleased', ['name', 'lifetime'])
/** Somebody asks to be let in without their factors, and is by themselves at that moment. */
export const resetWaitsMail = mailKind('resetWaits', ['name', 'when'], { sms: true })
/** The same, where people of the firm decide. */
export const resetAskedMail = mailKind('resetAsked', ['name', 'when'], { sms: true })
/** One of the two said yes. */
export const resetAgreedMail = mailKind('resetAgreed', ['name'])
export const resetDoneMail = mailKind('resetDone', ['name'])
export const resetCancelledMail = mailKind('resetCancelled', ['name'])

export const mails = [
  resetMail,
  resetStartedMail,
  resetReleasedMail,
  resetWaitsMail,
  resetAskedMail,
  resetAgreedMail,
  resetDoneMail,
  resetCancelledMail,
]
