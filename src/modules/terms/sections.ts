import { seeEverybody } from '../../identity/accounts/index.ts'
import { section } from '../../tenancy/section.ts'
import { acceptedBy, termsOf } from './terms.ts'
import { personSectionView, profileSectionView } from './views.ts'

const day = 86_400_000
const version = '2026-11-01'

/**
 * On somebody's page: the newest text they agreed to, or that they did not yet; nothing where the firm has no terms and
 * never had.
 */
export const agreedOf = section({
  name: 'terms',
  place: 'person',
  order: 110,
  permission: seeEverybody,
  view: personSectionView,
  async data(context, accountId) {
    const [agreed = null] = await acceptedBy(context, accountId)
    return agreed || termsOf(context) ? { agreed } : null
  },
  sample: (at) => ({ agreed: { version, at: new Date(at.getTime() - 20 * day) } }),
})

/** In somebody's own details: what they agreed to last, with the way to read it. */
export const ownAgreed = section({
  name: 'terms',
  place: 'profile',
  order: 50,
  view: profileSectionView,
  async data(context, accountId) {
    const [agreed] = await acceptedBy(context, accountId)
    return agreed ? { agreed } : null
  },
  sample: (at) => ({ agreed: { version, at } }),
})
