import { page } from '../../../../platform/http/answer.ts'
import { birthDateView } from '../../views.ts'
import { z } from 'zod'
import { line } from '../../../../tenancy/route.ts'
import { newestOf } from '../../../../identity/tokens/index.ts'
import { readDate } from '../../../../identity/accounts/index.ts'
import { record } from '../../../../identity/audit/index.ts'
import { done, mark, mistake, text, defineStep } from '../../../../identity/flow/index.ts'
import { onboardingActions } from '../../audit-actions.ts'

/** The date of birth the firm knows: a check against the wrong recipient, not authentication. */
export const birthDate = defineStep({
  name: 'birthDate',
  samples: () => import('./samples.ts'),
  choices: {
    tries: z.int().min(1).max(10).default(5).describe('after this many wrong dates the link dies and staff are told'),
  },
  features: ['birthDate'],
  asksStrangers: true,
  fields: { 'birth-day': line(), 'birth-month': line(), 'birth-year': line() },
  opens: true,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done',
  show: async (_state, _step, form) => page(birthDateView, form),
  async answer(state, step, form) {
    const { context, account } = state
    const read = readDate(
      text(form, 'birth-day'),
      text(form, 'birth-month'),
      text(form, 'birth-year'),
      context.now.toZonedDateTimeISO(state.policy.zone).toPlainDate(),
    )
    if (!read.ok) return mistake({ birth: { key: read.key } })
    const link = await newestOf(context, { accountId: account.id, purpose: 'activation' })
    const tried = await context.services.limits.countAttempt(
      context.services.keyedDigest('birth date', link ?? account.id),
      { most: step.tries, within: Temporal.Duration.from('P30D') },
      context.now,
    )
    const known = account.birthDate && context.unseal('account', 'birth_date', account.id, account.birthDate)
    if (tried !== null) return { kind: 'closed', reason: 'birthDate', action: onboardingActions.birthDateTriesUsedUp }
    if (read.date.toString() !== known) {
      await record(context, onboardingActions.birthDate, { subject: account.id, actor: account.id, outcome: 'refused' })
      return mistake({ birth: { key: 'onboarding.birthDate.wrong' } })
    }
    await mark(state, step, 'done')
    return done
  },
})
