import { closedView } from '../onboarding/index.ts'
import { states, type Samples } from '../../tenancy/samples.ts'
import { confirmView, goneView, newSentView, newView, otherPersonView } from './views.ts'

const action = '/activation/voorbeeld'

/** The pages around the mailed link. The first form on the link is a page of the onboarding. */
export const samples: Samples = {
  ...states(goneView, {
    unknown: { data: { state: 'unknown' } },
    used: { data: { state: 'used' } },
    replaced: { data: { state: 'replaced' } },
    expired: { data: { state: 'expired' } },
  }),
  ...states(newView, {
    first: { data: {} },
    empty: { data: {}, errors: { identifier: { key: 'activation.new.empty' } } },
  }),
  ...states(newSentView, { sent: { data: { next: null } }, again: { data: { next: 42 } } }),
  ...states(otherPersonView, {
    signedIn: { layout: 'portal', data: { name: 'Sanne de Wit', action: `${action}/switch` } },
  }),
  ...states(confirmView, {
    first: { data: { action } },
    wrong: {
      data: { action, values: { email: 'ab@voorbeeld.example' } },
      errors: { email: { key: 'activation.confirm.wrong' } },
    },
  }),
  ...states(closedView, { birthDate: { data: { reason: 'birthDate' } } }),
}
