import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { rowsOf, type RecordKind } from '../../tenancy/records.ts'
import { Account } from './account.ts'
import { SecretQuestion } from './secret-question.ts'

const db = tables(Account)

const rows = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('account')
    .select(['name', 'email', 'username', 'role', 'language', 'created_at', 'activated_at', 'last_sign_in_at'])
    .where('id', '=', accountId)
    .execute()

/** The account itself. Its date of birth is there to be compared with what somebody types, and is not shown. */
const accounts: RecordKind = {
  name: 'account',
  tables: ['account'],
  starts: 'accountClosed',
  count: async (context, accountId) => (await rows(context, accountId)).length,
  export: rows,
  erase: async (context, accountId) =>
    (await db(context).deleteFrom('account').where('id', '=', accountId).returning('id').execute()).length,
}

/** That somebody chose a secret question; neither the question nor what is kept of the answer is shown. */
const questions = rowsOf(SecretQuestion, 'secret_question', {
  name: 'secretQuestion',
  starts: 'accountClosed',
  shows: ['set_at'],
  order: 'set_at',
})

export const accountRecords: readonly RecordKind[] = [accounts, questions]
