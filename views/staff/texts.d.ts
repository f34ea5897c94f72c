// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'staff.act.adminOnly': object
    'staff.act.block': object
    'staff.act.firstInvitation': object
    'staff.act.invitation': object
    'staff.act.notNow': object
    'staff.act.reset': object
    'staff.act.self': object
    'staff.act.unblock': object
    'staff.act.withdrawal': object
    'staff.activity.account.blocked': object
    'staff.activity.account.unblocked': object
    'staff.activity.person.viewed': object
    'staff.back': object
    'staff.check.block.1': object
    'staff.check.block.2': object
    'staff.check.block.3': object
    'staff.check.first': object
    'staff.check.invitation.1': { email: string | number }
    'staff.check.invitation.2': { lifetime: string | number }
    'staff.check.invitation.3': object
    'staff.check.mailFails': object
    'staff.check.no': object
    'staff.check.reset.1': object
    'staff.check.reset.2': object
    'staff.check.reset.3': object
    'staff.check.title': { act: string | number; name: string | number }
    'staff.check.unblock.1': object
    'staff.check.unblock.2': object
    'staff.check.unblock.3': object
    'staff.check.what': object
    'staff.check.withdrawal.1': object
    'staff.check.withdrawal.2': object
    'staff.check.withdrawal.3': object
    'staff.invite.birth-date-empty': object
    'staff.invite.email-active': object
    'staff.invite.email-blocked': object
    'staff.invite.email-empty': object
    'staff.invite.email-free': object
    'staff.invite.name-empty': object
    'staff.invite.often': { seconds: number }
    'staff.invite.organisation-both': object
    'staff.invite.organisation-gone': object
    'staff.invite.organisation-too-long': { maximum: string | number }
    'staff.invite.role': object
    'staff.invite.today': { seconds: number }
    'staff.kind.admin': object
    'staff.kind.client': object
    'staff.kind.staff': object
    'staff.list-check.active': object
    'staff.list-check.button': { total: number }
    'staff.list-check.caption': object
    'staff.list-check.correct': object
    'staff.list-check.correctHint': object
    'staff.list-check.follows.active': object
    'staff.list-check.follows.again': object
    'staff.list-check.follows.new': object
    'staff.list-check.keep': { total: number }
    'staff.list-check.known': object
    'staff.list-check.line': object
    'staff.list-check.look': object
    'staff.list-check.new': object
    'staff.list-check.newOrganisation': { organisation: string | number }
    'staff.list-check.no': object
    'staff.list-check.onlyRight': { total: number }
    'staff.list-check.other': object
    'staff.list-check.text': { new: number; again: number; active: number; wrong: number }
    'staff.list-check.title': object
    'staff.list-check.tomorrow': { left: number }
    'staff.list-check.what': object
    'staff.list-check.why': object
    'staff.list-check.wrong': object
    'staff.list-left.caption': { wrong: number }
    'staff.list-left.held': { held: number }
    'staff.list-left.hint': object
    'staff.list-left.sent': { sent: number }
    'staff.list-left.title': object
    'staff.list.button': object
    'staff.list.column.birthDate': object
    'staff.list.column.email': object
    'staff.list.column.name': object
    'staff.list.column.organisation': object
    'staff.list.column.role': { roles: string | number }
    'staff.list.column.username': object
    'staff.list.columns': object
    'staff.list.columnsTitle': object
    'staff.list.empty': object
    'staff.list.file': object
    'staff.list.fileHint': { most: string | number }
    'staff.list.head.birthDate': object
    'staff.list.head.email': object
    'staff.list.head.language': object
    'staff.list.head.name': object
    'staff.list.head.organisation': object
    'staff.list.head.role': object
    'staff.list.head.username': object
    'staff.list.none': object
    'staff.list.template': object
    'staff.list.templateName': object
    'staff.list.text': object
    'staff.list.title': object
    'staff.list.tooMany': { most: string | number }
    'staff.list.twice': object
    'staff.list.unreadable': object
    'staff.list.wrong': { wrong: number }
    'staff.new-check.before': { name: string | number }
    'staff.new-check.change': object
    'staff.new-check.held': { name: string | number; date: string | number; email: string | number }
    'staff.new-check.keep': { name: string | number }
    'staff.new-check.link': { lifetime: string | number }
    'staff.new-check.mail': { name: string | number; email: string | number }
    'staff.new-check.newOrganisation': object
    'staff.new-check.send': { name: string | number }
    'staff.new-check.similar': { organisation: string | number; similar: string | number }
    'staff.new-check.title': object
    'staff.new-check.username': object
    'staff.new.birthDate': object
    'staff.new.birthDateHint': object
    'staff.new.check': object
    'staff.new.email': object
    'staff.new.emailBusiness': object
    'staff.new.language': object
    'staff.new.name': object
    'staff.new.nameHint': object
    'staff.new.newOrganisation': object
    'staff.new.newOrganisationHint': object
    'staff.new.organisation': object
    'staff.new.organisationHint': object
    'staff.new.organisationNone': object
    'staff.new.own': { organisation: string | number }
    'staff.new.role': object
    'staff.new.text': object
    'staff.new.title': object
    'staff.new.username': object
    'staff.new.usernameHint': object
    'staff.news.joined': { name: string | number }
    'staff.news.more': { count: number }
    'staff.news.none': object
    'staff.next.mailFailed': object
    'staff.next.mailFails': object
    'staff.next.mailFailsNew': object
    'staff.next.refused': object
    'staff.notice.block': { name: string | number }
    'staff.notice.held': { name: string | number }
    'staff.notice.invited': { name: string | number }
    'staff.notice.listHeld': { others: number; name: string | number }
    'staff.notice.listInvited': { others: number; name: string | number }
    'staff.notice.listTomorrow': { others: number; name: string | number }
    'staff.notice.resent': { name: string | number }
    'staff.notice.reset': { name: string | number }
    'staff.notice.tomorrow': { name: string | number }
    'staff.notice.unblock': { name: string | number }
    'staff.notice.withdrawn': { name: string | number }
    'staff.people.all': { over: string | number; total: number; show: string | number; filter: string | number; sort: string | number }
    'staff.people.find': object
    'staff.people.found': { over: string | number; total: number; search: string | number; show: string | number; filter: string | number }
    'staff.people.invite': object
    'staff.people.lastSignIn': object
    'staff.people.list': object
    'staff.people.mailFails': { total: number }
    'staff.people.mailFailsLink': object
    'staff.people.name': object
    'staff.people.never': object
    'staff.people.none': object
    'staff.people.noneFound': { search: string | number }
    'staff.people.noneShown': { show: string | number; filter: string | number }
    'staff.people.requests': { total: number }
    'staff.people.search': object
    'staff.people.show': object
    'staff.people.showAll': object
    'staff.people.state': object
    'staff.people.title': object
    'staff.people.why': object
    'staff.person.activated': object
    'staff.person.again': { seconds: number }
    'staff.person.alreadyActive': object
    'staff.person.birthDate': object
    'staff.person.confusable': object
    'staff.person.email': object
    'staff.person.expires': object
    'staff.person.invited': object
    'staff.person.kind': object
    'staff.person.language': object
    'staff.person.lastSignIn': object
    'staff.person.name': object
    'staff.person.notYet': object
    'staff.person.on': object
    'staff.person.organisation': object
    'staff.person.role': object
    'staff.person.secondStep': object
    'staff.person.sessionCount': { count: number }
    'staff.person.sessions': object
    'staff.person.state': object
    'staff.person.title': { name: string | number }
    'staff.person.username': object
    'staff.reset-check.asked': object
    'staff.reset-check.call': { name: string | number }
    'staff.reset-check.due': object
    'staff.reset-check.follows.link': { name: string | number }
    'staff.reset-check.follows.number': object
    'staff.reset-check.follows.second': object
    'staff.reset-check.follows.stops': object
    'staff.reset-check.follows.told': { name: string | number }
    'staff.reset-check.kind.link': object
    'staff.reset-check.kind.number': object
    'staff.reset-check.title': { act: string | number; name: string | number }
    'staff.reset-check.what': object
    'staff.resets.adminOnly': object
    'staff.resets.asked': { at: string | number }
    'staff.resets.due': { at: string | number }
    'staff.resets.half': { name: string | number }
    'staff.resets.kind.link': object
    'staff.resets.kind.number': object
    'staff.resets.mine': object
    'staff.resets.nobody': object
    'staff.resets.none': object
    'staff.resets.over': object
    'staff.resets.over-caption': object
    'staff.resets.own': object
    'staff.resets.refuse': object
    'staff.resets.refused': { name: string | number }
    'staff.resets.release': object
    'staff.resets.released': { name: string | number }
    'staff.resets.said': { name: string | number; at: string | number }
    'staff.resets.state.asked': object
    'staff.resets.state.cancelled': object
    'staff.resets.state.done': object
    'staff.resets.state.ended': object
    'staff.resets.state.half': object
    'staff.resets.state.waiting': object
    'staff.resets.text': object
    'staff.resets.title': object
    'staff.resets.twice': object
    'staff.resets.when': object
    'staff.resets.who': object
    'staff.show.active': object
    'staff.show.all': object
    'staff.show.blocked': object
    'staff.show.expired': object
    'staff.show.invited': object
    'staff.show.mail': object
    'staff.show.new': object
    'staff.show.opened': object
    'staff.show.refused': object
    'staff.show.stuck': object
    'staff.show.withdrawn': object
    'staff.state.active': object
    'staff.state.blocked': object
    'staff.state.expired': object
    'staff.state.invited': object
    'staff.state.new': object
    'staff.state.opened': object
    'staff.state.refused': object
    'staff.state.withdrawn': object
    'staff.step.authenticator': object
    'staff.step.backupCode': object
    'staff.step.birthDate': object
    'staff.step.chooseFactor': object
    'staff.step.credentials': object
    'staff.step.devicePrompt': object
    'staff.step.done': object
    'staff.step.intro': object
    'staff.step.passkey': object
    'staff.step.password': object
    'staff.step.phone': object
    'staff.step.secretQuestion': object
    'staff.step.signIn': object
    'staff.step.together': object
    'staff.stuck.act.expired': object
    'staff.stuck.act.mailFailed': object
    'staff.stuck.act.mailFails': object
    'staff.stuck.act.mailFailsNew': object
    'staff.stuck.act.opened': object
    'staff.stuck.act.refused': object
    'staff.stuck.act.request': object
    'staff.stuck.act.step': object
    'staff.stuck.admin': { date: string | number }
    'staff.stuck.given': { date: string | number }
    'staff.stuck.own': { date: string | number }
    'staff.tab.people': object
    'staff.todo.bouncing.button': object
    'staff.todo.bouncing.text': object
    'staff.todo.bouncing.title': { count: number }
    'staff.why.blocked': { date: string | number }
    'staff.why.elsewhere': object
    'staff.why.expired': { date: string | number }
    'staff.why.held': { date: string | number }
    'staff.why.invited': { date: string | number; until: string | number }
    'staff.why.mailFailed': { date: string | number }
    'staff.why.mailFails': { date: string | number }
    'staff.why.mailFailsNew': { date: string | number }
    'staff.why.new': object
    'staff.why.nothing': object
    'staff.why.opened': { date: string | number }
    'staff.why.refused': { date: string | number }
    'staff.why.step': { date: string | number; step: string | number }
    'staff.why.withdrawn': { date: string | number }
    'staff.widget-health.active': object
    'staff.widget-health.arrives': { texts: string | number }
    'staff.widget-health.failed': { mail: number; texts: string | number; sms: number }
    'staff.widget-health.invited': object
    'staff.widget-health.mailFails': object
    'staff.widget-health.stricter': { from: string | number; until: string | number }
    'staff.widget-health.stuck': object
    'staff.widget-health.title': object
    'staff.widget-people.counts': { active: number; invited: number }
    'staff.widget-people.find': object
    'staff.widget-people.invite': object
    'staff.widget-people.search': object
    'staff.widget-people.title': object
    'staff.widget-stuck.all': { total: string | number }
    'staff.widget-stuck.none': object
    'staff.widget-stuck.title': object
  }
}
