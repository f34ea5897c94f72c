import type { Context } from '../../tenancy/context.ts'

/** Longer than any name in the trade register; a sentence is no name. */
export const longestName = 120

/** An organisation as lists show it. */
export interface NamedOrganisation {
  id: string
  name: string
}

const writtenAs = (name: string) => name.replace(/\s+/g, ' ').trim()

/** The firm's client organisations, in the order of the alphabet. */
export function listOrganisations(context: Context): Promise<NamedOrganisation[]> {
  return context.query<NamedOrganisation>('select id, name from organisation order by lower(name), id')
}

/** As many as are offered to choose from; where there are more, the name is typed and looked up. */
export const mostToChoose = 300

/** The names of the firm's organisations, in the order of the alphabet; null where there are more than anybody chooses from. */
export async function organisationsToChoose(context: Context): Promise<string[] | null> {
  const found = await context.query<{ name: string }>(
    'select name from organisation order by lower(name), id limit ?',
    [mostToChoose + 1],
  )
  return found.length > mostToChoose ? null : found.map(({ name }) => name)
}

const folded = (name: string) => writtenAs(name).toLowerCase()

/** Which of these names are organisations of the firm already, however they are written. */
export async function knownOrganisations(context: Context, names: string[]): Promise<(name: string) => boolean> {
  const found = await context.query<{ name: string }>(
    'select lower(name) as name from organisation where lower(name) in (select json_array_elements_text(?::json))',
    [JSON.stringify(names.map(folded))],
  )
  const known = new Set(found.map(({ name }) => name))
  return (name) => known.has(folded(name))
}

/** Organisations whose name begins with the same word: perhaps one of them is meant. */
export async function similarOrganisations(context: Context, name: string): Promise<string[]> {
  const [word = ''] = folded(name).split(' ')
  const found = await context.query<{ name: string }>(
    'select name from organisation where starts_with(lower(name), ?) order by lower(name) limit 5',
    [word],
  )
  return found.map((each) => each.name)
}

/** An organisation of this firm, or null. */
export function findOrganisation(context: Context, id: string): Promise<NamedOrganisation | null> {
  return context.one<NamedOrganisation>('select id, name from organisation where id = ?', [id])
}

/**
 * The organisation of this name, made when there is none yet. Capitals and repeated spaces make no other organisation;
 * of two at the same moment one makes it. Call inside a transaction. @returns its id
 */
export async function organisationNamed(context: Context, name: string): Promise<string> {
  const written = writtenAs(name)
  await context.query('select pg_advisory_xact_lock(hashtextextended(?, 3))', [`organisations ${context.tenant.id}`])
  const known = await context.one<{ id: string }>('select id from organisation where lower(name) = lower(?)', [written])
  if (known) return known.id
  const id = crypto.randomUUID()
  await context.query('insert into organisation (tenant_id, id, name, created_at) values (?, ?, ?, ?)', [
    context.tenant.id,
    id,
    written,
    context.at,
  ])
  return id
}
