export { Organisation } from './organisation.ts'
export { findOrganisation, listOrganisations, longestName, organisationNamed } from './organisations.ts'
export type { NamedOrganisation } from './organisations.ts'
