import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, usual } from '../../sample-parts.ts'
import { chooseFactorView } from '../../views.ts'

export const samples: Samples = states(
  chooseFactorView,
  usual(on('choose-factor', { of: ['passkey', 'authenticator', 'sms', 'mail'] }), {
    none: { factor: { key: 'onboarding.chooseFactor.none' } },
  }),
)
