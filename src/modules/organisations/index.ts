export {
  findOrganisation,
  knownOrganisations,
  longestName,
  organisationNamed,
  organisationsToChoose,
  similarOrganisations,
} from './organisations.ts'
export { organisationName } from './store.ts'
