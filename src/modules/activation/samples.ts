import type { Samples } from '../../tenancy/samples.ts'

const action = '/activation/voorbeeld'

/** The pages around the mailed link. The first form on the link is a page of the onboarding. */
export const samples: Samples = {
  gone: {
    unknown: { data: { state: 'unknown' } },
    used: { data: { state: 'used' } },
    replaced: { data: { state: 'replaced' } },
    expired: { data: { state: 'expired' } },
  },
  new: {
    first: { data: {} },
    empty: { data: {}, errors: { identifier: { key: 'activation.new.empty' } } },
  },
  'new-sent': { sent: { data: {} }, again: { data: { next: 42 } } },
  'other-person': { signedIn: { layout: 'portal', data: { name: 'Sanne de Wit', action: `${action}/switch` } } },
  confirm: {
    first: { data: { action } },
    wrong: {
      data: { action, values: { email: 'ab@voorbeeld.example' } },
      errors: { email: { key: 'activation.confirm.wrong' } },
    },
  },
  closed: { birthDate: { data: { reason: 'birthDate' } } },
}
