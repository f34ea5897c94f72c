import { composedKey } from '../../../src/platform/i18n/texts.ts'
import { defineRequirement } from '../../../src/tenancy/requirement.ts'
import { card } from './factor.ts'
import { cardPolicy } from './policy.ts'
import { hasCard } from './store.ts'

/** Everybody has a card, where the firm asks one. */
export const cardRequirement = defineRequirement<boolean>({
  name: 'card',
  words: composedKey('card.asked'),
  fact: hasCard,
  bare: false,
  lacks: (policy, has) => policy.of(cardPolicy).obligatory && !has,
  steps: [{ step: card.name }],
})
