// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'step-up.activity.stepUp': object
    'step-up.button': object
    'step-up.code.title': object
    'step-up.leave': object
    'step-up.other': { way: string | number }
    'step-up.password.empty': object
    'step-up.password.label': object
    'step-up.password.title': object
    'step-up.password.wrong': object
    'step-up.send.button': { factor: string | number }
    'step-up.send.text': { factor: string | number; sentTo: string | number }
    'step-up.send.title': object
    'step-up.sent': object
    'step-up.wait': { seconds: number }
    'step-up.why': object
  }
}
