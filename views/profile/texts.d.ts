// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'profile.activity.account.name': object
    'profile.activity.account.notMe': object
    'profile.activity.byFirm': object
    'profile.activity.computer.allDistrusted': object
    'profile.activity.computer.distrusted': object
    'profile.activity.email.asked': object
    'profile.activity.email.changed': object
    'profile.activity.none': object
    'profile.activity.password.changed': object
    'profile.activity.refused': object
    'profile.activity.session.ended': object
    'profile.activity.session.othersEnded': object
    'profile.activity.text': object
    'profile.activity.title': object
    'profile.activity.what': object
    'profile.activity.when': object
    'profile.activity.where': object
    'profile.app-name.hint': object
    'profile.app-name.label': object
    'profile.app-name.title': object
    'profile.app-new.button': { replaces: string | number }
    'profile.app-new.replace': object
    'profile.app-new.replaces': { name: string | number }
    'profile.app-new.text': object
    'profile.app-new.title': object
    'profile.app-remove.button': object
    'profile.app-remove.since': object
    'profile.app-remove.text': { last: string | number; backupCode: string | number }
    'profile.app-remove.title': object
    'profile.approver-join.title': object
    'profile.approver-name.hint': object
    'profile.approver-name.label': object
    'profile.approver-name.title': object
    'profile.approver-remove.button': object
    'profile.approver-remove.since': object
    'profile.approver-remove.text': { last: string | number; backupCode: string | number }
    'profile.approver-remove.title': object
    'profile.approvers.another': object
    'profile.approvers.asleep': object
    'profile.approvers.back': object
    'profile.approvers.full': { most: string | number }
    'profile.approvers.none': object
    'profile.approvers.open': object
    'profile.approvers.quiet': object
    'profile.approvers.remove': object
    'profile.approvers.rename': object
    'profile.approvers.since': { date: string | number }
    'profile.approvers.text': object
    'profile.approvers.this': object
    'profile.approvers.title': object
    'profile.approvers.unused': object
    'profile.approvers.used': { when: string | number }
    'profile.approvers.wakes': object
    'profile.apps.add': object
    'profile.apps.back': object
    'profile.apps.full': { most: string | number }
    'profile.apps.none': object
    'profile.apps.own': object
    'profile.apps.remove': object
    'profile.apps.rename': object
    'profile.apps.replace': object
    'profile.apps.since': { date: string | number }
    'profile.apps.text': object
    'profile.apps.title': object
    'profile.back': object
    'profile.backup-code.button': object
    'profile.backup-code.old': { date: string | number }
    'profile.backup-code.text': object
    'profile.backup-code.title': object
    'profile.called.empty': object
    'profile.called.long': { most: string | number }
    'profile.change': object
    'profile.computers.end': { device: string | number }
    'profile.computers.endAll': object
    'profile.computers.none': object
    'profile.computers.since': { since: string | number; until: string | number }
    'profile.computers.text': object
    'profile.computers.title': object
    'profile.device': { known: string | number; browser: string | number; system: string | number }
    'profile.done.app': object
    'profile.done.appNamed': object
    'profile.done.appRemoved': object
    'profile.done.appReplaced': object
    'profile.done.approver': object
    'profile.done.approverNamed': object
    'profile.done.approverRemoved': object
    'profile.done.backupCode': object
    'profile.done.computer': object
    'profile.done.computers': object
    'profile.done.email': object
    'profile.done.language': object
    'profile.done.name': object
    'profile.done.passkey': object
    'profile.done.passkeyNamed': object
    'profile.done.passkeyRemoved': object
    'profile.done.password': object
    'profile.done.phone': object
    'profile.done.phoneRemoved': object
    'profile.done.session': object
    'profile.done.sessions': object
    'profile.email-confirm.button': object
    'profile.email-confirm.hint': object
    'profile.email-confirm.text': object
    'profile.email-confirm.title': object
    'profile.email-gone.text': { state: string | number }
    'profile.email-gone.title': object
    'profile.email-sent.none': object
    'profile.email-sent.text': { lifetime: string | number }
    'profile.email-sent.title': object
    'profile.email.button': object
    'profile.email.free': object
    'profile.email.label': object
    'profile.email.same': object
    'profile.email.text': { now: string | number; lifetime: string | number }
    'profile.email.title': object
    'profile.factor.authenticator': object
    'profile.factor.backupCode': object
    'profile.factor.devicePrompt': object
    'profile.factor.mail': object
    'profile.factor.passkey': object
    'profile.factor.sms': object
    'profile.here': object
    'profile.language.hint': object
    'profile.language.label': object
    'profile.language.none': object
    'profile.language.title': object
    'profile.look': object
    'profile.make': object
    'profile.makeNew': object
    'profile.name.empty': object
    'profile.name.hint': object
    'profile.name.label': object
    'profile.name.title': object
    'profile.network': { network: string | number }
    'profile.news.all': object
    'profile.news.none': object
    'profile.news.times': { count: string | number }
    'profile.not-me-done.call': object
    'profile.not-me-done.text': object
    'profile.not-me-done.title': object
    'profile.not-me-gone.text': { state: string | number }
    'profile.not-me-gone.title': object
    'profile.not-me.button': object
    'profile.not-me.email': object
    'profile.not-me.factors': object
    'profile.not-me.hint': object
    'profile.not-me.label': object
    'profile.not-me.more': object
    'profile.not-me.password': object
    'profile.not-me.reset': object
    'profile.not-me.sessions': object
    'profile.not-me.text': object
    'profile.not-me.title': object
    'profile.not-me.wrong': object
    'profile.overview.activity': object
    'profile.overview.activityText': object
    'profile.overview.appCount': { count: number; date: string | number }
    'profile.overview.approverCount': { count: number }
    'profile.overview.approvers': object
    'profile.overview.apps': object
    'profile.overview.backupCode': object
    'profile.overview.computerCount': { count: number }
    'profile.overview.computers': object
    'profile.overview.devices': object
    'profile.overview.devicesText': object
    'profile.overview.email': object
    'profile.overview.language': object
    'profile.overview.made': { date: string | number }
    'profile.overview.name': object
    'profile.overview.none': object
    'profile.overview.number': { lastTwo: string | number }
    'profile.overview.passkeyCount': { count: number }
    'profile.overview.passkeys': object
    'profile.overview.password': object
    'profile.overview.personal': object
    'profile.overview.personalText': object
    'profile.overview.phone': object
    'profile.overview.sessionCount': { count: number }
    'profile.overview.sessions': object
    'profile.overview.set': { date: string | number }
    'profile.overview.signingIn': object
    'profile.overview.signingInText': object
    'profile.overview.title': object
    'profile.overview.twoSteps': { state: string | number }
    'profile.overview.username': object
    'profile.overview.why.approvers': object
    'profile.overview.why.apps': object
    'profile.overview.why.backupCode': object
    'profile.overview.why.passkeys': object
    'profile.overview.why.phone': object
    'profile.passkey-name.hint': object
    'profile.passkey-name.label': object
    'profile.passkey-name.title': object
    'profile.passkey-new.title': object
    'profile.passkey-remove.button': object
    'profile.passkey-remove.since': object
    'profile.passkey-remove.text': { last: string | number; backupCode: string | number }
    'profile.passkey-remove.title': object
    'profile.passkeys.add': object
    'profile.passkeys.back': object
    'profile.passkeys.full': { most: string | number }
    'profile.passkeys.made': { date: string | number }
    'profile.passkeys.none': object
    'profile.passkeys.remove': object
    'profile.passkeys.rename': object
    'profile.passkeys.single': object
    'profile.passkeys.synced': object
    'profile.passkeys.text': { alone: string | number }
    'profile.passkeys.title': object
    'profile.passkeys.unused': object
    'profile.passkeys.used': { when: string | number }
    'profile.password.current': object
    'profile.password.currentEmpty': object
    'profile.password.same': object
    'profile.password.text': object
    'profile.password.title': object
    'profile.phone-code.title': object
    'profile.phone-remove.button': object
    'profile.phone-remove.number': object
    'profile.phone-remove.text': { last: string | number; backupCode: string | number }
    'profile.phone-remove.title': object
    'profile.phone.remove': object
    'profile.phone.same': object
    'profile.phone.text': { has: string | number; lastTwo: string | number }
    'profile.phone.title': object
    'profile.remove': object
    'profile.remove.refused': object
    'profile.replace': object
    'profile.save': object
    'profile.sessions.end': { device: string | number }
    'profile.sessions.endAll': object
    'profile.sessions.only': object
    'profile.sessions.seen': { when: string | number }
    'profile.sessions.since': { when: string | number }
    'profile.sessions.text': object
    'profile.sessions.title': object
    'profile.setUp': object
    'profile.todo.mailFails.button': object
    'profile.todo.mailFails.text': { date: string | number }
    'profile.todo.mailFails.title': object
    'profile.widget-mine.email': object
    'profile.widget-mine.link': object
    'profile.widget-mine.title': object
    'profile.widget-mine.username': object
    'profile.widget-security.how': { some: string | number; ways: string | number }
    'profile.widget-security.safe': object
    'profile.widget-security.title': object
  }
}
