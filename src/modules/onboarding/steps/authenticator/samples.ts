import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, picture, usual } from '../../sample-parts.ts'
import { authenticatorView } from '../../views.ts'

const app = {
  key: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
  address: 'otpauth://totp/Voorbeeld',
  optional: false,
  choice: false,
  picture,
}

export const samples: Samples = states(authenticatorView, {
  ...usual(on('authenticator', app), {
    wrong: { code: { key: 'factors.authenticator.wrong' } },
    clock: { code: { key: 'factors.authenticator.skew', params: { minutes: 3, direction: 'ahead' } } },
  }),
  choice: { data: on('authenticator', { ...app, choice: true }) },
  optional: { data: on('authenticator', { ...app, optional: true }) },
})
