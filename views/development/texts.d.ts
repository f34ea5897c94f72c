// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'development.clock.bad': object
    'development.clock.button': object
    'development.clock.by': object
    'development.clock.empty': object
    'development.clock.hint': object
    'development.clock.now': { when: string | number }
    'development.clock.step': { duration: string | number }
    'development.clock.text': object
    'development.clock.title': object
    'development.firms.both': object
    'development.firms.email': object
    'development.firms.gallery': object
    'development.firms.kind': object
    'development.firms.more': { more: number }
    'development.firms.name': object
    'development.firms.nobody': object
    'development.firms.password': object
    'development.firms.people': { name: string | number }
    'development.firms.second': object
    'development.firms.text': object
    'development.firms.title': object
    'development.firms.username': object
    'development.kind.admin': object
    'development.kind.client': object
    'development.kind.staff': object
    'development.outbox.again': object
    'development.outbox.codes': object
    'development.outbox.codes.code': object
    'development.outbox.codes.firm': object
    'development.outbox.codes.json': object
    'development.outbox.codes.text': object
    'development.outbox.empty': object
    'development.outbox.json': object
    'development.outbox.kind.letter': object
    'development.outbox.kind.mail': object
    'development.outbox.kind.sms': object
    'development.outbox.no-subject.letter': object
    'development.outbox.no-subject.mail': object
    'development.outbox.no-subject.sms': object
    'development.outbox.preview': object
    'development.outbox.text': { most: string | number }
    'development.outbox.title': object
    'development.outbox.to': { to: string | number; when: string | number }
    'development.pages.text': object
    'development.pages.title': object
    'development.second.authenticator': object
    'development.second.mail': object
    'development.second.none': object
    'development.second.sms': object
  }
}
