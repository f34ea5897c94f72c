import { defineRequirement } from '../../tenancy/requirement.ts'
import { termsPolicy } from './policy.ts'
import { acceptedVersion } from './store.ts'
import { lacksTerms } from './lacks.ts'

/** Everybody agrees to the firm's terms, and again to a new version, with the firm's grace from the day it holds. */
export const termsRequirement = defineRequirement<string | null>({
  name: 'terms',
  words: 'terms.asked',
  alone: { title: 'terms.alone.title', text: 'terms.alone.text' },
  fact: acceptedVersion,
  bare: null,
  lacks: lacksTerms,
  notBefore(policy) {
    const terms = policy.of(termsPolicy)
    return terms && Temporal.PlainDate.from(terms.version)
  },
  steps: [{ step: 'terms' }],
})
