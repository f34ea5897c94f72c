import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, usual } from '../../sample-parts.ts'
import { birthDateView } from '../../views.ts'

export const samples: Samples = states(
  birthDateView,
  usual(on('birth-date', {}), {
    wrong: { birth: { key: 'onboarding.birthDate.wrong' } },
    empty: { birth: { key: 'accounts.date.empty' } },
  }),
)
