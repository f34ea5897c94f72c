// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'sign-in.activity.signIn.alarm': object
    'sign-in.activity.signIn.browserKnown': object
    'sign-in.activity.signIn.passkey': object
    'sign-in.activity.signIn.password': object
    'sign-in.activity.signIn.secondStep': object
    'sign-in.browser-gone.signIn': object
    'sign-in.browser-gone.text': { state: string | number }
    'sign-in.browser-gone.title': object
    'sign-in.browser.button': object
    'sign-in.browser.done': object
    'sign-in.browser.hint': object
    'sign-in.browser.label': object
    'sign-in.browser.next': object
    'sign-in.browser.text': object
    'sign-in.browser.title': object
    'sign-in.browser.wrong': object
    'sign-in.code.again': { factor: string | number }
    'sign-in.code.button': object
    'sign-in.code.hint': { factor: string | number }
    'sign-in.code.label': { factor: string | number }
    'sign-in.code.late': object
    'sign-in.code.none': { sends: string | number }
    'sign-in.code.noneText': { factor: string | number }
    'sign-in.code.other': object
    'sign-in.code.over': { seconds: number }
    'sign-in.code.recent': object
    'sign-in.code.restart': object
    'sign-in.code.text': { factor: string | number; sentTo: string | number }
    'sign-in.code.title': { factor: string | number }
    'sign-in.code.trust': { trust: string | number; period: string | number }
    'sign-in.code.trustHint': object
    'sign-in.code.wait': { seconds: number }
    'sign-in.contact': object
    'sign-in.ended.kept': object
    'sign-in.ended.nothing': object
    'sign-in.ended.tooLarge': object
    'sign-in.help.activate.text': object
    'sign-in.help.activate.title': object
    'sign-in.help.back': object
    'sign-in.help.code.text': { mail: string | number; backupCode: string | number; several: string | number }
    'sign-in.help.code.title': object
    'sign-in.help.contact.safe': object
    'sign-in.help.contact.title': object
    'sign-in.help.forgotten.link': object
    'sign-in.help.forgotten.text': object
    'sign-in.help.forgotten.title': object
    'sign-in.help.identifier.text': { by: string | number }
    'sign-in.help.identifier.title': { by: string | number }
    'sign-in.help.text': object
    'sign-in.help.title': object
    'sign-in.identifier.empty': { by: string | number }
    'sign-in.index.button': object
    'sign-in.index.forgotten': object
    'sign-in.index.help': object
    'sign-in.index.identifier': { by: string | number }
    'sign-in.index.lead': object
    'sign-in.index.newLink': object
    'sign-in.index.newLinkWhy': object
    'sign-in.index.next': object
    'sign-in.index.or': object
    'sign-in.index.passkey': object
    'sign-in.index.password': object
    'sign-in.index.title': object
    'sign-in.index.usernameHint': { by: string | number }
    'sign-in.other.back': { now: string | number }
    'sign-in.other.button': object
    'sign-in.other.empty': object
    'sign-in.other.label': object
    'sign-in.other.none': object
    'sign-in.other.text': { now: string | number }
    'sign-in.other.title': object
    'sign-in.passkey.notUsed': object
    'sign-in.passkey.wrong': object
    'sign-in.password.button': object
    'sign-in.password.empty': object
    'sign-in.password.label': object
    'sign-in.password.notYou': object
    'sign-in.password.title': object
    'sign-in.password.who': object
    'sign-in.signedOut': object
    'sign-in.stricter': object
    'sign-in.wait': { seconds: number }
    'sign-in.waitEverywhere': { seconds: number }
    'sign-in.wrong': object
  }
}
