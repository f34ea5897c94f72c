import type { Visit } from '../../tenancy/visit.ts'

/** Longer than any name in the trade register; a sentence is no name. */
export const longestName = 120

/** An organisation as lists show it. */
export interface NamedOrganisation { id: string; name: string }

/** The firm's client organisations, in the order of the alphabet. */
export function listOrganisations(visit: Visit): Promise<NamedOrganisation[]> {
  return visit.query<NamedOrganisation>('select id, name from organisation order by lower(name), id')
}

/** An organisation of this firm, or null. */
export function findOrganisation(visit: Visit, id: string): Promise<NamedOrganisation | null> {
  return visit.one<NamedOrganisation>('select id, name from organisation where id = ?', [id])
}

/**
 * The organisation of this name, made when there is none yet. Capitals and repeated spaces make no other organisation;
 * of two at the same moment one makes it. Call inside a transaction. @returns its id
 */
export async function organisationNamed(visit: Visit, name: string): Promise<string> {
  const written = name.replace(/\s+/g, ' ').trim()
  await visit.query('select pg_advisory_xact_lock(hashtextextended(?, 3))', [`organisations ${visit.tenant.id}`])
  const known = await visit.one<{ id: string }>('select id from organisation where lower(name) = lower(?)', [written])
  if (known) return known.id
  const id = crypto.randomUUID()
  await visit.query('insert into organisation (tenant_id, id, name, created_at) values (?, ?, ?, ?)', [visit.tenant.id, id, written, visit.at])
  return id
}
