import { passwordSample } from '../../../../identity/passwords/index.ts'
import { states, type SampleContext, type Samples } from '../../../../tenancy/samples.ts'
import { form, tooShort } from '../../sample-parts.ts'
import { togetherView } from '../../views.ts'
import { togetherHere } from './step.ts'

const choosing = (context: SampleContext) => ({ ...passwordSample(context), ...form(togetherHere) })

export const samples: Samples = {
  ...states(togetherView, {
    first: { data: choosing },
    wrong: {
      data: (context) => ({ ...choosing(context), values: { phone: '020 123' } }),
      errors: { ...tooShort, phone: { key: 'accounts.phone.incomplete' } },
    },
    stale: { data: choosing, errors: { '': { key: 'onboarding.stale' } } },
  }),
}
