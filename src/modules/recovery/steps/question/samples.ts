import { states, type Samples } from '../../../../tenancy/samples.ts'
import { form } from '../../sample-parts.ts'
import { questionView } from '../../views.ts'
import { questionHere } from './step.ts'

const question = { question: 'Hoe heette het konijn van de buren?', left: 5, ...form(questionHere) }

export const samples: Samples = {
  ...states(questionView, {
    first: { data: question },
    wrong: {
      data: { ...question, left: 3 },
      errors: { answer: { key: 'recovery.question.wrong', params: { left: 3 } } },
    },
  }),
}
