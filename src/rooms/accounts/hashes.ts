import type { EntityManager } from '@mikro-orm/postgresql'

/** How many passwords and secret answers of a firm carry the pepper of which master key. */
export const hashesByKey = (em: EntityManager): Promise<{ id: string; count: number }[]> => em.execute(
  `select split_part(hash, '$', 1) as id, count(*)::int as count
   from (select password_hash as hash from account where password_hash is not null union all select answer_hash from secret_question) hashes group by 1`)
