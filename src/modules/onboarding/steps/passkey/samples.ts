import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, usual } from '../../sample-parts.ts'
import { passkeyView } from '../../views.ts'

export const samples: Samples = states(passkeyView, {
  ...usual(on('passkey', { options: '{}', optional: false, choice: false }), {
    wrong: { passkey: { key: 'factors.passkey.wrongNew' } },
  }),
  choice: { data: on('passkey', { options: '{}', optional: false, choice: true }) },
  optional: { data: on('passkey', { options: '{}', optional: true, choice: false }) },
})
