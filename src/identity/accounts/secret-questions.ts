import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { SecretQuestion } from './secret-question.ts'

const db = tables(SecretQuestion)

/** Sets or replaces somebody's secret question. @param question encrypted. @param answerHash of the folded answer */
export async function setSecretQuestion(
  context: Context,
  accountId: string,
  { question, answerHash }: { question: string; answerHash: string },
): Promise<void> {
  const said = { question, answer_hash: answerHash, set_at: context.at }
  await db(context)
    .insertInto('secret_question')
    .values({ tenant_id: context.tenant.id, account_id: accountId, ...said })
    .onConflict((on) => on.columns(['tenant_id', 'account_id']).doUpdateSet(said))
    .execute()
}

/** Somebody's question, encrypted, with the hash of its answer; undefined where there is none. */
export const findSecretQuestion = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('secret_question')
    .select(['question', 'answer_hash as answerHash'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()

/** The same answer with a fresh hash. */
export async function rehashAnswer(context: Context, accountId: string, fresh: string): Promise<void> {
  await db(context)
    .updateTable('secret_question')
    .set({ answer_hash: fresh })
    .where('account_id', '=', accountId)
    .execute()
}
