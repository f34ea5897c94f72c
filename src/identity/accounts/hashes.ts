import type { EntityManager } from '@mikro-orm/postgresql'

/** The master key whose pepper each password and secret answer carries, as a statement of `id`s. */
export const hashKeysSelect = `select split_part(hash, '$', 1) as id
  from (select password_hash as hash from account where password_hash is not null union all select answer_hash from secret_question) hashes`

/** How many passwords and secret answers of a firm carry the pepper of which master key. */
export const hashesByKey = (em: EntityManager): Promise<{ id: string; count: number }[]> =>
  em.execute(`select id, count(*)::int as count from (${hashKeysSelect}) used group by id`)
