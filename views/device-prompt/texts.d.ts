// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'device-prompt.answered.advice': object
    'device-prompt.answered.back': object
    'device-prompt.answered.password': object
    'device-prompt.answered.text': { outcome: string | number }
    'device-prompt.answered.title': { outcome: string | number }
    'device-prompt.index.account': object
    'device-prompt.index.again': object
    'device-prompt.index.at': object
    'device-prompt.index.browser': object
    'device-prompt.index.idle': object
    'device-prompt.index.network': object
    'device-prompt.index.never': object
    'device-prompt.index.notMe': object
    'device-prompt.index.pick': object
    'device-prompt.index.resetCode': object
    'device-prompt.index.signInCode': object
    'device-prompt.index.stepUpCode': object
    'device-prompt.index.title': { asks: string | number }
    'device-prompt.join-gone.text': { state: string | number }
    'device-prompt.join-gone.title': object
    'device-prompt.join.button': object
    'device-prompt.join.done': object
    'device-prompt.join.hint': object
    'device-prompt.join.label': object
    'device-prompt.join.own': object
    'device-prompt.join.shape': object
    'device-prompt.join.text': object
    'device-prompt.join.title': object
    'device-prompt.join.wrong': object
    'device-prompt.unknown.add': object
    'device-prompt.unknown.signIn': object
    'device-prompt.unknown.text': object
    'device-prompt.unknown.title': object
    'device-prompt.wake.button': object
    'device-prompt.wake.failed': object
    'device-prompt.wake.now': object
    'device-prompt.wake.off': object
    'device-prompt.wake.on': object
    'device-prompt.wake.stop': object
    'device-prompt.wake.text': object
    'device-prompt.wake.title': object
  }
}
