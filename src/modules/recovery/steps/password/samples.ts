import { passwordSample } from '../../../../identity/passwords/index.ts'
import { states, type SampleContext, type Samples } from '../../../../tenancy/samples.ts'
import { form, tooShort } from '../../sample-parts.ts'
import { passwordView } from '../../views.ts'
import { passwordHere } from './step.ts'

const choosing = (context: SampleContext) => ({ ...passwordSample(context), ...form(passwordHere) })

export const samples: Samples = {
  ...states(passwordView, {
    first: { data: choosing },
    tooShort: { data: choosing, errors: tooShort },
  }),
}
