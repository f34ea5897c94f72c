// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'errors.badRequest.text': object
    'errors.badRequest.title': object
    'errors.busy.text': { seconds: number }
    'errors.busy.title': object
    'errors.down.text': object
    'errors.down.title': object
    'errors.failed.text': object
    'errors.failed.title': object
    'errors.home': object
    'errors.misdirected.text': object
    'errors.misdirected.title': object
    'errors.notFound.text': object
    'errors.notFound.title': object
    'errors.notFromHere.text': object
    'errors.notFromHere.title': object
    'errors.number': object
    'errors.oddForm.text': object
    'errors.oddForm.title': object
    'errors.on': object
    'errors.problem.title': object
    'errors.stale.text': object
    'errors.stale.title': object
    'errors.tooLarge.text': object
    'errors.tooLarge.title': object
    'errors.tooMany.text': { seconds: number }
    'errors.tooMany.title': object
  }
}
