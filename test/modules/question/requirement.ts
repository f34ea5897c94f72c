import { hasSecretQuestion } from '../../../src/identity/accounts/index.ts'
import { defineRequirement } from '../../../src/tenancy/requirement.ts'
import { questionPolicy } from './policy.ts'

/** Everybody has a secret question, where the firm asks one; it is chosen at a step that was there already. */
export const questionRequirement = defineRequirement<boolean>({
  name: 'question',
  words: 'question.asked',
  fact: hasSecretQuestion,
  bare: false,
  lacks: (policy, has) => policy.of(questionPolicy).obligatory && !has,
  steps: [{ step: 'secretQuestion' }],
})
