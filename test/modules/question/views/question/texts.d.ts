// Written by `npm run portal -- texts` from nl.json.
import '../../../../../src/platform/i18n/texts.ts'
declare module '../../../../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'question.asked': object
  }
}
