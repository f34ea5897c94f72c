// Written by `npm run portal -- texts` from nl.json.
import '../../../../../src/platform/i18n/texts.ts'
declare module '../../../../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'profile.card-name.hint': object
    'profile.card-name.label': object
    'profile.card-name.title': object
    'profile.card-remove.button': object
    'profile.card-remove.since': object
    'profile.card-remove.text': object
    'profile.card-remove.title': object
    'profile.cards.back': object
    'profile.cards.full': object
    'profile.cards.none': object
    'profile.cards.remove': object
    'profile.cards.rename': object
    'profile.cards.since': { date: string | number }
    'profile.cards.text': object
    'profile.cards.title': object
    'profile.done.cardNamed': object
    'profile.done.cardRemoved': object
    'profile.factor.card': object
    'profile.overview.cardCount': { count: number }
    'profile.overview.cards': object
    'profile.overview.why.cards': object
  }
}
