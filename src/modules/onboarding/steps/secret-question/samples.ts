import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, usual } from '../../sample-parts.ts'
import { secretQuestionView } from '../../views.ts'

export const samples: Samples = states(secretQuestionView, {
  ...usual(on('secret-question', { confirmPassword: true, most: 120 }), {
    short: {
      question: { key: 'onboarding.secretQuestion.questionShort', params: { least: 10 } },
      answer: { key: 'onboarding.secretQuestion.answerShort', params: { least: 3 } },
    },
    long: { question: { key: 'onboarding.secretQuestion.long', params: { most: 120 } } },
    inQuestion: { answer: { key: 'onboarding.secretQuestion.answerInQuestion' } },
    password: { current: { key: 'onboarding.password.currentWrong' } },
  }),
  withoutPassword: { data: on('secret-question', { confirmPassword: false, most: 120 }) },
})
