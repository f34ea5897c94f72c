import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, usual } from '../../sample-parts.ts'
import { introView } from '../../views.ts'

const page = {
  later: false,
  until: null,
  days: null,
  obligatoryFrom: null,
  ways: ['authenticator'] as const,
  backupCode: true,
}
/** At a firm that asks it of everybody from a day on. */
const asked = {
  ...page,
  until: '2027-01-15',
  obligatoryFrom: '2027-01-01',
  ways: ['devicePrompt', 'passkey', 'authenticator', 'sms'] as const,
}

export const samples: Samples = states(introView, {
  ...usual(on('intro', page)),
  later: { data: on('intro', { ...asked, later: true, days: 14 }) },
  lastDay: { data: on('intro', { ...asked, later: true, days: 1 }) },
  obligatory: { data: on('intro', asked) },
  free: { data: on('intro', { ...page, later: true, ways: ['sms'], backupCode: false }) },
})
