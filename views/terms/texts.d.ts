// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'terms.activity.terms.accepted': object
    'terms.alone.text': object
    'terms.alone.title': object
    'terms.asked': object
    'terms.own.other': { date: string | number }
    'terms.own.others': object
    'terms.own.text': { date: string | number; at: string | number }
    'terms.own.title': object
    'terms.own.unreadable': object
    'terms.profile.accepted': { date: string | number; at: string | number }
    'terms.profile.look': object
    'terms.profile.row': object
    'terms.staff.accepted': { date: string | number; at: string | number }
    'terms.staff.notYet': object
    'terms.staff.row': object
    'terms.step.agree': object
    'terms.step.button': object
    'terms.step.later': object
    'terms.step.name': object
    'terms.step.newer': object
    'terms.step.notAgreed': object
    'terms.step.text': { changed: string | number; date: string | number }
    'terms.step.title': object
  }
}
