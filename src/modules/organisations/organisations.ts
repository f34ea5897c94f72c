import { lockName } from '../../platform/db/locks.ts'
import type { Context } from '../../tenancy/context.ts'
import {
  firstNames,
  namesBeginning,
  namesKnown,
  organisationById,
  organisationCalled,
  putOrganisation,
} from './store.ts'

/** Longer than any name in the trade register; a sentence is no name. */
export const longestName = 120

/** An organisation as lists show it. */
interface NamedOrganisation {
  id: string
  name: string
}

const writtenAs = (name: string) => name.replace(/\s+/g, ' ').trim()
const folded = (name: string) => writtenAs(name).toLowerCase()

/** As many as are offered to choose from; where there are more, the name is typed and looked up. */
const mostToChoose = 300
/** As many as are shown of those that resemble a new name. */
const mostSimilar = 5

/**
 * The names of the firm's organisations, in the order of the alphabet; null where there are more than anybody chooses
 * from.
 */
export async function organisationsToChoose(context: Context): Promise<string[] | null> {
  const found = await firstNames(context, mostToChoose + 1)
  return found.length > mostToChoose ? null : found.map(({ name }) => name)
}

/** Which of these names are organisations of the firm already, however they are written. */
export async function knownOrganisations(context: Context, names: string[]): Promise<(name: string) => boolean> {
  const found = await namesKnown(context, names.map(folded))
  const known = new Set(found.map(({ name }) => name))
  return (name) => known.has(folded(name))
}

/** Organisations whose name begins with the same word: perhaps one of them is meant. */
export async function similarOrganisations(context: Context, name: string): Promise<string[]> {
  const [word = ''] = folded(name).split(' ')
  return (await namesBeginning(context, word, mostSimilar)).map((each) => each.name)
}

/** An organisation of this firm, or null. */
export const findOrganisation = async (context: Context, id: string): Promise<NamedOrganisation | null> =>
  (await organisationById(context, id)) ?? null

/**
 * The organisation of this name, made when there is none yet. Capitals and repeated spaces make no other organisation;
 * of two at the same moment one makes it. Call inside a transaction. @returns its id
 */
export async function organisationNamed(context: Context, name: string): Promise<string> {
  const written = writtenAs(name)
  await lockName(context, `organisations ${context.tenant.id}`)
  return (await organisationCalled(context, written))?.id ?? putOrganisation(context, written)
}
