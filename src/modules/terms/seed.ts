import type { Seed } from '../../tenancy/seed.ts'
import { saveAcceptance } from './terms.ts'

/** Who has been through the activation agreed then. */
export const seed: Seed = {
  async person(context, { state }, { id, since }) {
    if (state === 'active') await saveAcceptance(context, id, since)
  },
}
