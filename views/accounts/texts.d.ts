// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'accounts.activity.account.exported': object
    'accounts.activity.other': object
    'accounts.activity.signIn.done': object
    'accounts.date.day-missing': object
    'accounts.date.day-unreadable': object
    'accounts.date.empty': object
    'accounts.date.future': object
    'accounts.date.month-missing': object
    'accounts.date.month-unreadable': object
    'accounts.date.not-real': object
    'accounts.date.too-long-ago': object
    'accounts.date.year-four-digits': object
    'accounts.date.year-missing': object
    'accounts.email.domain': object
    'accounts.email.empty': object
    'accounts.email.no-at': object
    'accounts.email.too-long': object
    'accounts.email.unreadable': object
    'accounts.name.address': object
    'accounts.name.characters': object
    'accounts.name.empty': object
    'accounts.name.too-long': { maximum: string | number }
    'accounts.password.not-yet': { open: number }
    'accounts.password.ready': object
    'accounts.password.save': object
    'accounts.phone.country': { countries: string | number }
    'accounts.phone.empty': object
    'accounts.phone.incomplete': object
    'accounts.phone.landline': object
    'accounts.phone.not-mobile': { countries: string | number }
    'accounts.phone.unreadable': object
    'accounts.rule.breached': object
    'accounts.rule.breached.broken': object
    'accounts.rule.characters': object
    'accounts.rule.characters.broken': object
    'accounts.rule.common': object
    'accounts.rule.common.broken': object
    'accounts.rule.context': object
    'accounts.rule.context.broken': { word: string | number }
    'accounts.rule.length': { minimum: number }
    'accounts.rule.length.broken': { minimum: number }
    'accounts.rule.maximum': { maximum: number }
    'accounts.rule.maximum.broken': { maximum: number }
    'accounts.rule.oneOf': { characters: string | number }
    'accounts.rule.oneOf.broken': { characters: string | number }
    'accounts.username.characters': object
    'accounts.username.empty': object
    'accounts.username.taken': object
    'accounts.username.too-long': { maximum: string | number }
    'accounts.username.too-short': { minimum: string | number }
  }
}
