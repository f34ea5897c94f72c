import { passwordSample } from '../../../../identity/passwords/index.ts'
import { states, type Samples, type SampleContext } from '../../../../tenancy/samples.ts'
import { landline, on, phone, tooShort, usual } from '../../sample-parts.ts'
import { togetherView } from '../../views.ts'

const together = (context: SampleContext) => on('account', { ...passwordSample(context), ...phone })

export const samples: Samples = states(togetherView, usual(together, { both: { ...tooShort, ...landline } }))
