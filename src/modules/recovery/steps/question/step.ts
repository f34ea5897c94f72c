import type { ZodRawShape } from 'zod'
import { page } from '../../../../platform/http/answer.ts'
import { proof } from '../../../../tenancy/route.ts'
import { findSecretQuestion, fold, rehashAnswer } from '../../../../identity/accounts/index.ts'
import { record } from '../../../../identity/audit/index.ts'
import { defineStep, done, mark, mistake, ready, text } from '../../../../identity/flow/index.ts'
import { countTryAt, killOne, triesAt } from '../../../../identity/tokens/index.ts'
import { recoveryActions } from '../../audit-actions.ts'
import type { Recovery } from '../../state.ts'
import { formAt, questionView } from '../../views.ts'

/** Wrong answers to the secret question, after which the link is dead. */
export const mostAnswers = 5

export const questionHere = { step: 'question', id: 'question' }

/**
 * A try that was counted: `tries` so far, null where none was left; the hash it fits, with a fresh one where the way of
 * hashing changed.
 */
interface Tried {
  tries: number | null
  fits: string | null
  fresh: string | null
}

/**
 * Counts a try, and judges it where one was left. Takes as long either way. Room to judge is kept first, so that no try
 * is counted and not judged. @param answer folded @throws Busy
 */
async function tryAnswer({ context, account, linkId }: Recovery, answer: string): Promise<Tried> {
  const { hasher } = context.services
  using _room = hasher.reserve()
  const tries = await countTryAt(context, linkId, mostAnswers)
  const kept = tries === null ? undefined : await findSecretQuestion(context, account.id)
  const fits = (await hasher.verifyPassword(kept?.answerHash ?? null, answer)) ? (kept?.answerHash ?? null) : null
  return { tries, fits, fresh: fits && hasher.needsRehash(fits) ? await hasher.hashPassword(answer) : null }
}

/** Whether it is the answer to the question they have now still. */
async function isRight({ context, account }: Recovery, { fits, fresh }: Tried): Promise<boolean> {
  if (fits === null || (await findSecretQuestion(context, account.id))?.answerHash !== fits) return false
  if (fresh) await rehashAnswer(context, account.id, fresh)
  return true
}

/** The secret question of who has one: an extra hurdle, never instead of a factor. */
export const question = defineStep<ZodRawShape, Recovery, Tried>({
  name: 'question',
  choices: null,
  fields: { answer: proof() },
  opens: true,
  done: (facts, step) => facts.question === null || facts.marks[step.id]?.outcome === 'done',
  async show({ context, facts, linkId }, step, form) {
    const left = mostAnswers - (await triesAt(context, { id: linkId }))
    return page(questionView, { ...formAt(step, form), question: facts.question, left })
  },
  async prepare(state, _step, form) {
    const answer = text(form, 'answer')
    return answer
      ? ready(await tryAnswer(state, fold(answer)))
      : mistake({ answer: { key: 'recovery.question.empty' } })
  },
  async answer(state, step, _form, tried) {
    const { context, account, linkId } = state
    if (await isRight(state, tried)) {
      await mark(state, step, 'done')
      return done
    }
    const { tries } = tried
    // Whoever has the last try may be right and on their way: a form without one takes nothing from them.
    if (tries === mostAnswers) await killOne(context, linkId)
    if (tries === null || tries >= mostAnswers)
      return { kind: 'closed', reason: 'question', action: recoveryActions.question }
    await record(context, recoveryActions.question, { subject: account.id, outcome: 'refused' })
    return mistake({ answer: { key: 'recovery.question.wrong', params: { left: mostAnswers - tries } } })
  },
})
