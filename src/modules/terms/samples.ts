import { states, type Samples } from '../../tenancy/samples.ts'
import type { Section } from './policy.ts'
import { ownView, stepView } from './views.ts'

const sections: Section[] = [
  {
    title: 'Waarvoor u het portaal gebruikt',
    text: 'U gebruikt het portaal voor uw zaken met ons.\n\nGeef uw wachtwoord aan niemand.',
  },
  { title: 'Uw gegevens', text: 'Wij gebruiken uw gegevens alleen voor het werk dat u ons geeft.' },
]
const step = {
  action: '/onboarding/terms',
  progress: { current: 2, total: 5 },
  values: {},
  version: '2026-11-01',
  language: 'nl' as const,
  sections,
  changed: false,
}
const accepted = {
  version: '2026-11-01',
  at: new Date('2026-11-12T18:04:00Z'),
  language: 'nl' as const,
  text: sections,
}

/** Agreeing, and what somebody agreed to. */
export const samples: Samples = {
  ...states(stepView, {
    first: { data: step },
    changed: { data: { ...step, progress: null, changed: true } },
    notAgreed: { data: step, errors: { agreed: { key: 'terms.step.notAgreed' } } },
    newer: { data: { ...step, changed: true }, errors: { '': { key: 'terms.step.newer' } } },
    stale: { data: step, errors: { '': { key: 'onboarding.stale' } } },
  }),
  ...states(ownView, {
    only: { layout: 'portal', data: { accepted, others: [] } },
    several: {
      layout: 'portal',
      data: { accepted, others: [{ version: '2025-06-01', href: '/terms/2025-06-01' }] },
    },
    unreadable: { layout: 'portal', data: { accepted: { ...accepted, text: null }, others: [] } },
  }),
}
