import { sql } from 'kysely'
import { compiled } from '../../platform/db/compiled.ts'
import { tables, type Bound } from '../../platform/db/tables.ts'
import { Account } from './account.ts'
import { SecretQuestion } from './secret-question.ts'

const db = tables(Account, SecretQuestion)
const { fragment: eb } = db

/** Every hash of a password or secret answer begins with the id of the master key whose pepper it carries. */
const hashKeys = eb
  .selectFrom(
    eb
      .selectFrom('account')
      .select('account.password_hash as hash')
      .where('account.password_hash', 'is not', null)
      .unionAll(eb.selectFrom('secret_question').select('secret_question.answer_hash as hash'))
      .as('hashes'),
  )
  .select((each) => each.fn<string>('split_part', ['hashes.hash', sql.lit('$'), each.lit(1)]).as('id'))

/** The same as a text, for the connections on which keys are looked after: a statement of `id`s. */
export const hashKeysSelect = compiled(hashKeys)

/** How many passwords and secret answers of a firm carry the pepper of which master key. */
export const hashesByKey = (em: Bound['em']): Promise<{ id: string; count: number }[]> =>
  db({ em })
    .selectFrom(hashKeys.as('used'))
    .select((each) => ['used.id', each.fn.countAll<number>().as('count')])
    .groupBy('used.id')
    .execute()
