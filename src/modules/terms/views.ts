import { view } from '../../platform/views/view.ts'
import type { StepForm } from '../../identity/flow/index.ts'
import type { Language } from '../../tenancy/policy.ts'
import type { Section } from './policy.ts'
import type { Accepted } from './terms.ts'

/** `version`: the day of the text, shown in `language`; `changed`: they agreed to an earlier one. */
export const stepView = view<StepForm & { version: string; language: Language; sections: Section[]; changed: boolean }>(
  'terms/step',
)

/** One of the texts somebody agreed to, and the days of the others. */
export const ownView = view<{ accepted: Accepted; others: { version: string; href: string }[] }>('terms/own')

/** The newest text somebody agreed to. */
type Agreed = Pick<Accepted, 'version' | 'at'>
/** None yet is null. */
export const personSectionView = view<{ agreed: Agreed | null }>('terms/section-person')
export const profileSectionView = view<{ agreed: Agreed }>('terms/section-profile')
