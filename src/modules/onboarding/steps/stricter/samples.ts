import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, usual } from '../../sample-parts.ts'
import { stricterView } from '../../views.ts'

export const samples: Samples = states(stricterView, {
  ...usual(
    on('stricter', {
      text: 'onboarding.stricter.text',
      asked: ['onboarding.stricter.secondFactor'],
      from: '2027-01-01',
      until: '2027-01-15',
      days: 9,
    }),
  ),
  both: {
    data: on('stricter', {
      text: 'onboarding.stricter.text',
      asked: ['onboarding.stricter.password', 'onboarding.stricter.secondFactor'],
      from: '2027-01-01',
      until: '2027-01-15',
      days: 1,
    }),
  },
  terms: {
    data: on('stricter', {
      titleKey: 'terms.alone.title',
      text: 'terms.alone.text',
      asked: ['terms.asked'],
      from: '2027-01-01',
      until: '2027-01-15',
      days: 9,
    }),
  },
  obligatory: {
    data: on('stricter', {
      text: 'onboarding.stricter.text',
      asked: ['onboarding.stricter.password'],
      from: '2027-01-01',
      until: '2027-01-15',
      days: 0,
    }),
  },
})
