import { section } from '../../tenancy/section.ts'
import { organisationOf } from './store.ts'
import { personSectionView } from './views.ts'

/** On somebody's page: for whom they work. */
export const worksFor = section({
  name: 'organisation',
  place: 'person',
  order: 30,
  view: personSectionView,
  async data(context, accountId) {
    const organisation = await organisationOf(context, accountId)
    return organisation ? { organisation } : null
  },
  sample: () => ({ organisation: 'Bakkerij Voorbeeld' }),
})
