// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'factors.activity.approval.answered': object
    'factors.activity.approval.asked': object
    'factors.activity.approval.told': object
    'factors.activity.approver.added': object
    'factors.activity.approver.offered': object
    'factors.activity.approver.removed': object
    'factors.activity.approver.renamed': object
    'factors.activity.authenticator.confirmed': object
    'factors.activity.authenticator.removed': object
    'factors.activity.authenticator.renamed': object
    'factors.activity.backupCode.made': object
    'factors.activity.factor.unreadable': object
    'factors.activity.passkey.added': object
    'factors.activity.passkey.copied': object
    'factors.activity.passkey.removed': object
    'factors.activity.passkey.renamed': object
    'factors.activity.phone.confirmed': object
    'factors.activity.phone.removed': object
    'factors.activity.secondFactor.switchedOff': object
    'factors.authenticator.replayed': object
    'factors.authenticator.skew': { minutes: number; direction: string | number }
    'factors.authenticator.wrong': object
    'factors.backup-code.characters': object
    'factors.backup-code.empty': object
    'factors.backup-code.too-long': { length: string | number }
    'factors.backup-code.too-short': { length: string | number }
    'factors.backup-code.wrong': object
    'factors.code.empty': object
    'factors.code.expired': object
    'factors.code.letters': object
    'factors.code.older': object
    'factors.code.too-long': { length: string | number }
    'factors.code.too-short': { length: string | number }
    'factors.code.used-up': object
    'factors.code.wrong': object
    'factors.devicePrompt.button': object
    'factors.devicePrompt.expired': object
    'factors.devicePrompt.none': object
    'factors.devicePrompt.refused': object
    'factors.devicePrompt.until': { time: string | number; address: string | number; wakes: string | number }
    'factors.devicePrompt.waiting': object
    'factors.hint.authenticator': object
    'factors.hint.backupCode': object
    'factors.hint.devicePrompt': object
    'factors.hint.mail': object
    'factors.hint.passkey': object
    'factors.hint.sms': object
    'factors.join.back': { time: string | number }
    'factors.join.cannot': object
    'factors.join.link': object
    'factors.join.number': object
    'factors.join.picture': object
    'factors.join.scan': object
    'factors.join.text': object
    'factors.join.there': object
    'factors.name.authenticator': object
    'factors.name.backupCode': object
    'factors.name.devicePrompt': object
    'factors.name.mail': object
    'factors.name.passkey': object
    'factors.name.sms': object
    'factors.next': { seconds: number }
    'factors.paper.firm': object
    'factors.paper.identifier': object
    'factors.paper.keep': object
    'factors.paper.made': object
    'factors.paper.name': object
    'factors.paper.title': object
    'factors.paper.use': { address: string | number }
    'factors.passkey.copied': object
    'factors.passkey.empty': object
    'factors.passkey.emptyNew': object
    'factors.passkey.make': object
    'factors.passkey.most': { most: string | number }
    'factors.passkey.notMade': object
    'factors.passkey.notUsed': object
    'factors.passkey.other': object
    'factors.passkey.stale': object
    'factors.passkey.there': object
    'factors.passkey.use': object
    'factors.passkey.withoutScript': object
    'factors.passkey.wrong': object
    'factors.passkey.wrongNew': object
    'factors.todo.smsUsedUp.text': object
    'factors.todo.smsUsedUp.title': object
    'factors.unsent.alone': object
    'factors.unsent.asked': { seconds: number }
    'factors.unsent.budget': { seconds: number }
    'factors.unsent.country': object
    'factors.unsent.often': { seconds: number }
    'factors.unsent.recent': { seconds: number }
    'factors.unsent.title': object
  }
}
