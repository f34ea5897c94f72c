import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import type { Gone } from './state.ts'
import { samples as factor } from './steps/factor/samples.ts'
import { samples as numberCode } from './steps/number-code/samples.ts'
import { samples as password } from './steps/password/samples.ts'
import { samples as question } from './steps/question/samples.ts'
import { samples as together } from './steps/together/samples.ts'
import {
  goneView,
  indexView,
  noneView,
  otherView,
  sentView,
  stopView,
  stoppedView,
  tooLateView,
  waitingView,
} from './views.ts'

const action = '/recovery/voorbeeld'
const by = ({ tenant }: SampleContext) => tenant?.policy.signIn.identifier ?? 'email'
const ask = (context: SampleContext) => ({ by: by(context), values: { identifier: '' } })
const none = { action: `${action}/none`, back: action }
const gone = (state: Gone['gone']) => ({ data: { state } })

/** The pages of getting back in, in every state. */
export const samples: Samples = {
  ...question,
  ...together,
  ...numberCode,
  ...factor,
  ...password,
  ...states(indexView, {
    first: { data: ask },
    empty: { data: ask, errors: { identifier: { key: 'recovery.index.empty' } } },
  }),
  ...states(sentView, { first: { data: { next: null } } }),
  ...states(goneView, {
    used: gone('used'),
    replaced: gone('replaced'),
    expired: gone('expired'),
    closed: gone('closed'),
    unknown: gone('unknown'),
  }),
  ...states(otherView, {
    choice: { data: { action, back: action, ways: ['authenticator', 'sms', 'backupCode'] } },
    none: { data: { action, back: action, ways: ['authenticator'] }, errors: { way: { key: 'sign-in.other.none' } } },
  }),
  ...states(noneView, {
    people: { data: { ...none, phone: false, delay: null } },
    delay: { data: { ...none, phone: true, delay: 'PT24H' } },
    wrong: {
      data: { ...none, phone: true, delay: 'PT24H', values: { email: 'sane@voorbeeld.example' } },
      errors: { email: { key: 'recovery.email.wrong' } },
    },
  }),
  ...states(waitingView, {
    people: { data: { phone: false, delay: null } },
    delay: { data: { phone: true, delay: 'PT24H' } },
  }),
  ...states(stopView, {
    first: { data: { action } },
    wrong: {
      data: { action, values: { email: 'sane@voorbeeld.example' } },
      errors: { email: { key: 'recovery.email.wrong' } },
    },
  }),
  ...states(stoppedView, { first: { data: {} } }),
  ...states(tooLateView, { first: { data: {} } }),
}
