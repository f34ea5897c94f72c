// Written by `npm run portal -- texts` from nl.json.
import '../../../../../src/platform/i18n/texts.ts'
declare module '../../../../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'card-step.step.button': object
    'card-step.step.label': object
    'card-step.step.text': object
    'card-step.step.title': object
  }
}
