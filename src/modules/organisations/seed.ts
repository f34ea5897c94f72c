import { joinOrganisation } from '../../identity/accounts/index.ts'
import type { Seed } from '../../tenancy/seed.ts'
import { organisationNamed } from './organisations.ts'

/** The organisation somebody works for, made with the first of its people. */
export const seed: Seed = {
  async person(context, { organisation }, { id }) {
    if (organisation) await joinOrganisation(context, id, await organisationNamed(context, organisation))
  },
}
