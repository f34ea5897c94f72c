import type { ClientBase } from 'pg'

/** A table of ours, and which others it refers to. */
export interface Table {
  name: string
  columns: string[]
  refersTo: string[]
}

/** Every table that belongs to the owner of `tenant`, in schema public, with the columns that are kept (not computed). */
export async function tablesOf(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as "refersTo"
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and c.relowner = (select relowner from pg_class where oid = to_regclass('public.tenant')) order by c.relname`)
  return rows
}

/**
 * The tables without some, and without what refers to those; each after every table it refers to.
 * @throws Error when tables refer to each other in a circle
 */
export function inOrder(all: Table[], leftOut: readonly string[]): { tables: Table[]; leftOut: string[] } {
  const out = new Set(all.filter(({ name }) => leftOut.includes(name)).map(({ name }) => name))
  for (let more = true; more; ) {
    const next = all.filter(({ name, refersTo }) => !out.has(name) && refersTo.some((each) => out.has(each)))
    for (const { name } of next) out.add(name)
    more = next.length > 0
  }
  const tables: Table[] = []
  let rest = all.filter(({ name }) => !out.has(name))
  while (rest.length) {
    const free = rest.filter(({ refersTo }) => refersTo.every((each) => tables.some(({ name }) => name === each)))
    if (!free.length)
      throw new Error(`These tables refer to each other in a circle: ${rest.map(({ name }) => name).join(', ')}`)
    tables.push(...free)
    rest = rest.filter((each) => !free.includes(each))
  }
  return { tables, leftOut: [...out].sort() }
}

export const copyTarget = ({ name, columns }: Pick<Table, 'name' | 'columns'>): string =>
  `public."${name}" (${columns.map((each) => `"${each}"`).join(', ')})`
