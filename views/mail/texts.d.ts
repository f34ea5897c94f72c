// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'mail.activated.after': object
    'mail.activated.body': { by: string | number }
    'mail.activated.button': object
    'mail.activated.subject': object
    'mail.activation.after': object
    'mail.activation.body': { way: string | number; lifetime: string | number }
    'mail.activation.button': object
    'mail.activation.subject': object
    'mail.activationAgain.after': object
    'mail.activationAgain.body': object
    'mail.activationAgain.button': object
    'mail.activationAgain.subject': object
    'mail.address': object
    'mail.appChanged.body': object
    'mail.appChanged.subject': object
    'mail.appRemoved.body': object
    'mail.appRemoved.subject': object
    'mail.backupCodeMade.body': object
    'mail.backupCodeMade.subject': object
    'mail.backupCodeUsed.body': object
    'mail.backupCodeUsed.subject': object
    'mail.closing': object
    'mail.contact': { phone: string | number; mail: string | number }
    'mail.credentials.after': object
    'mail.credentials.body': { lifetime: string | number }
    'mail.credentials.button': object
    'mail.credentials.subject': object
    'mail.detail.address': object
    'mail.detail.email': object
    'mail.detail.password': object
    'mail.detail.secondStep': object
    'mail.detail.username': object
    'mail.devicePromptAdded.body': object
    'mail.devicePromptAdded.subject': object
    'mail.devicePromptRefused.body': object
    'mail.devicePromptRefused.subject': object
    'mail.devicePromptRemoved.body': object
    'mail.devicePromptRemoved.subject': object
    'mail.emailChange.after': object
    'mail.emailChange.body': { way: string | number; lifetime: string | number }
    'mail.emailChange.button': object
    'mail.emailChange.subject': object
    'mail.emailChanged.body': object
    'mail.emailChanged.subject': object
    'mail.greeting': { name: string | number }
    'mail.invitedElsewhere.after': { organisation: string | number }
    'mail.invitedElsewhere.body': { organisation: string | number }
    'mail.invitedElsewhere.button': object
    'mail.invitedElsewhere.subject': { organisation: string | number }
    'mail.notice.after': object
    'mail.notice.body': { way: string | number; lifetime: string | number }
    'mail.notice.button': object
    'mail.passkeyAdded.body': object
    'mail.passkeyAdded.subject': object
    'mail.passkeyRemoved.body': object
    'mail.passkeyRemoved.subject': object
    'mail.passwordChanged.body': object
    'mail.passwordChanged.subject': object
    'mail.phoneChanged.body': object
    'mail.phoneChanged.subject': object
    'mail.phoneRemoved.body': object
    'mail.phoneRemoved.subject': object
    'mail.push.approval': object
    'mail.reset.after': object
    'mail.reset.body': { way: string | number; lifetime: string | number }
    'mail.reset.button': object
    'mail.reset.subject': object
    'mail.resetAgreed.after': object
    'mail.resetAgreed.body': { way: string | number }
    'mail.resetAgreed.subject': object
    'mail.resetAsked.after': object
    'mail.resetAsked.body': { way: string | number }
    'mail.resetAsked.button': object
    'mail.resetAsked.subject': object
    'mail.resetCancelled.after': object
    'mail.resetCancelled.body': object
    'mail.resetCancelled.subject': object
    'mail.resetDone.after': object
    'mail.resetDone.body': object
    'mail.resetDone.button': object
    'mail.resetDone.subject': object
    'mail.resetReleased.after': object
    'mail.resetReleased.body': { way: string | number; lifetime: string | number }
    'mail.resetReleased.button': object
    'mail.resetReleased.subject': object
    'mail.resetStarted.after': object
    'mail.resetStarted.body': { way: string | number; lifetime: string | number }
    'mail.resetStarted.button': object
    'mail.resetStarted.subject': object
    'mail.resetWaits.after': object
    'mail.resetWaits.body': { when: string | number; way: string | number }
    'mail.resetWaits.button': object
    'mail.resetWaits.subject': object
    'mail.secondFactorOff.body': object
    'mail.secondFactorOff.subject': object
    'mail.secondFactorOn.body': object
    'mail.secondFactorOn.subject': object
    'mail.signInAlarm.after': object
    'mail.signInAlarm.body': { way: string | number; lifetime: string | number }
    'mail.signInAlarm.button': object
    'mail.signInAlarm.subject': object
    'mail.signInCode.after': object
    'mail.signInCode.body': object
    'mail.signInCode.subject': object
    'mail.sms.code': { code: string | number }
    'mail.sms.resetAsked': { link: string | number }
    'mail.sms.resetWaits': { when: string | number; link: string | number }
    'mail.stricter.body': { until: string | number }
    'mail.stricter.button': object
    'mail.stricter.subject': object
    'mail.way.button': object
    'mail.way.link': object
  }
}
