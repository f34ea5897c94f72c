export { Organisation } from './organisation.ts'
export {
  findOrganisation,
  knownOrganisations,
  longestName,
  organisationNamed,
  organisationsToChoose,
  similarOrganisations,
} from './organisations.ts'
export { organisationName } from './store.ts'
export type { NamedOrganisation } from './organisations.ts'
