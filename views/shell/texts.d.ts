// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'shell.again.from': { seconds: number }
    'shell.again.often': { seconds: number }
    'shell.again.recent': { seconds: number }
    'shell.banner.info': object
    'shell.banner.success': object
    'shell.banner.warning': object
    'shell.date.day': object
    'shell.date.month': object
    'shell.date.year': object
    'shell.draft': object
    'shell.error': object
    'shell.help.link': object
    'shell.help.mail': object
    'shell.help.phone': object
    'shell.help.title': object
    'shell.installation': object
    'shell.language.en': object
    'shell.language.nl': object
    'shell.menu': object
    'shell.more': object
    'shell.offline': object
    'shell.optional': object
    'shell.own': object
    'shell.pages.label': object
    'shell.pages.next': object
    'shell.pages.previous': object
    'shell.panel.label': object
    'shell.panel.line': object
    'shell.panel.note': object
    'shell.password.hide': object
    'shell.password.hideLabel': object
    'shell.password.show': object
    'shell.password.showLabel': object
    'shell.problem': object
    'shell.progress': { known: string | number; current: string | number; total: string | number }
    'shell.reference': object
    'shell.rules.count': { ok: string | number; all: string | number }
    'shell.rules.ok': object
    'shell.rules.open': object
    'shell.rules.title': object
    'shell.rules.wrong': object
    'shell.secret.copied': object
    'shell.secret.copy': object
    'shell.secret.download': object
    'shell.secret.print': object
    'shell.sending': object
    'shell.signOut': object
    'shell.signedInAs': object
    'shell.skip': object
    'shell.tabs': object
    'shell.timeout.over.signIn': object
    'shell.timeout.over.text': object
    'shell.timeout.over.title': object
    'shell.timeout.stay': object
    'shell.timeout.text': object
    'shell.timeout.title': object
    'shell.title': { error: string | number; title: string | number }
    'shell.todo': object
    'shell.trouble': object
    'shell.uploading': object
    'shell.widgets': object
  }
}
