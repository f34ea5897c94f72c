import type { ZodRawShape } from 'zod'
import { page } from '../../../../platform/http/answer.ts'
import { proof } from '../../../../tenancy/route.ts'
import type { Context } from '../../../../tenancy/context.ts'
import { findSecretQuestion, fold, rehashAnswer } from '../../../../identity/accounts/index.ts'
import { record } from '../../../../identity/audit/index.ts'
import { defineStep, done, mark, mistake, text } from '../../../../identity/flow/index.ts'
import { countTryAt, killOne, triesAt } from '../../../../identity/tokens/index.ts'
import { recoveryActions } from '../../audit-actions.ts'
import type { Recovery } from '../../state.ts'
import { formAt, questionView } from '../../views.ts'

/** Wrong answers to the secret question, after which the link is dead. */
export const mostAnswers = 5

export const questionHere = { step: 'question', id: 'question' }

/** Whether this is the answer; its hash is renewed where the way of hashing changed. @param answer folded */
async function isRight(context: Context, accountId: string, answer: string): Promise<boolean> {
  const { hasher } = context.services
  const kept = await findSecretQuestion(context, accountId)
  if (!kept || !(await hasher.verifyPassword(kept.answerHash, answer))) return false
  if (hasher.needsRehash(kept.answerHash)) await rehashAnswer(context, accountId, await hasher.hashPassword(answer))
  return true
}

/** The secret question of who has one: an extra hurdle, never instead of a factor. */
export const question = defineStep<ZodRawShape, Recovery>({
  name: 'question',
  choices: null,
  fields: { answer: proof() },
  opens: true,
  done: (facts, step) => facts.question === null || facts.marks[step.id]?.outcome === 'done',
  async show({ context, facts, linkId }, step, form) {
    const left = mostAnswers - (await triesAt(context, { id: linkId }))
    return page(questionView, { ...formAt(step, form), question: facts.question, left })
  },
  async answer(state, step, form) {
    const { context, account, linkId } = state
    const answer = text(form, 'answer')
    if (!answer) return mistake({ answer: { key: 'recovery.question.empty' } })
    const tries = await countTryAt(context, linkId, mostAnswers)
    if (tries !== null && (await isRight(context, account.id, fold(answer)))) {
      await mark(state, step, 'done')
      return done
    }
    if (tries === null || tries >= mostAnswers) {
      await killOne(context, linkId)
      return { kind: 'closed', reason: 'question', action: recoveryActions.question }
    }
    await record(context, recoveryActions.question, { subject: account.id, outcome: 'refused' })
    return mistake({ answer: { key: 'recovery.question.wrong', params: { left: mostAnswers - tries } } })
  },
})
