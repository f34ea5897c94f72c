import { states, type Samples } from '../../../../tenancy/samples.ts'
import { form } from '../../sample-parts.ts'
import { numberCodeView } from '../../views.ts'
import { numberCodeHere } from './step.ts'

const numberCode = { lastTwo: '78', lifetime: 'PT10M', next: null, ...form(numberCodeHere) }

export const samples: Samples = {
  ...states(numberCodeView, {
    first: { data: numberCode },
    older: { data: numberCode, errors: { code: { key: 'factors.code.older' } } },
  }),
}
