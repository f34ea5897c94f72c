import { page } from '../../../../platform/http/answer.ts'
import { secretQuestionView } from '../../views.ts'
import { z } from 'zod'
import { line, proof, secret } from '../../../../tenancy/route.ts'
import { fold, hasSecretQuestion, setSecretQuestion } from '../../../../identity/accounts/index.ts'
import { record } from '../../../../identity/audit/index.ts'
import { done, mistake, ready, text, defineStep } from '../../../../identity/flow/index.ts'
import type { FieldErrors } from '../../../../platform/http/answer.ts'
import { presentMistakes, presentWrong } from '../../parts.ts'
import { onboardingActions } from '../../audit-actions.ts'

const least = { question: 10, answer: 3 }
const most = 120

/** What is wrong with a question and its folded answer; of one field the gravest. */
const mistakes = (question: string, answer: string): FieldErrors => ({
  ...(question.length < least.question && {
    question: { key: 'onboarding.secretQuestion.questionShort', params: { least: least.question } },
  }),
  ...(question.length > most && { question: { key: 'onboarding.secretQuestion.long', params: { most } } }),
  ...(answer.length < least.answer && {
    answer: { key: 'onboarding.secretQuestion.answerShort', params: { least: least.answer } },
  }),
  ...(answer.length > most && { answer: { key: 'onboarding.secretQuestion.long', params: { most } } }),
  ...(answer.length >= least.answer &&
    fold(question).includes(answer) && { answer: { key: 'onboarding.secretQuestion.answerInQuestion' } }),
  ...(!question && { question: { key: 'onboarding.secretQuestion.questionEmpty' } }),
  ...(!answer && { answer: { key: 'onboarding.secretQuestion.answerEmpty' } }),
})

/**
 * A question only the person can answer: an extra hurdle after the mailed link in recovery, never instead of a factor.
 */
export const secretQuestion = defineStep({
  name: 'secretQuestion',
  samples: () => import('./samples.ts'),
  choices: { confirmPassword: z.boolean().default(true).describe('confirm with the password') },
  features: ['secretQuestion'],
  fact: hasSecretQuestion,
  check({ confirmPassword }, { before, kinds, flow }) {
    return !confirmPassword || before.some((step) => kinds.of(step).features?.includes('password'))
      ? []
      : [
          {
            path: `onboarding.${flow}`,
            reason:
              '"secretQuestion" confirms with the password, so "password" must come before it (or set "confirmPassword": false)',
          },
        ]
  },
  fields: { question: line(), answer: proof(), current: secret() },
  opens: true,
  done: (facts) => facts.has.secretQuestion === true,
  show: async (_state, step, form) =>
    page(secretQuestionView, { ...form, confirmPassword: step.confirmPassword, most }),
  async prepare(state, step, form) {
    const { context, account } = state
    const [question, answer] = [text(form, 'question'), fold(text(form, 'answer'))]
    const wrong: FieldErrors = {
      ...mistakes(question, answer),
      ...(step.confirmPassword && !text(form, 'current') && { current: { key: 'onboarding.password.ownEmpty' } }),
    }
    if (Object.keys(wrong).length) return mistake(wrong)
    const present = step.confirmPassword ? await presentMistakes(state, text(form, 'current')) : {}
    if (Object.keys(present).length) return mistake(present)
    const answerHash = await context.services.hasher.hashPassword(answer)
    return ready({ question, answerHash, judged: account.passwordHash ?? null })
  },
  async answer({ context, account }, step, _form, { question, answerHash, judged }) {
    // Still the password that was judged: another window may have come first.
    if (step.confirmPassword && (account.passwordHash ?? null) !== judged) return mistake(presentWrong)
    await setSecretQuestion(context, account.id, {
      question: context.tenant.vault.seal(context.associatedData('secret_question', 'question', account.id), question),
      answerHash,
    })
    await record(context, onboardingActions.questionSet, { subject: account.id, actor: account.id })
    return done
  },
})
