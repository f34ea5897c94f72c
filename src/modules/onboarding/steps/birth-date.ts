import { page } from '../../../platform/http/answer.ts'
import { line } from '../../../tenancy/route.ts'
import { readDate } from '../../../identity/accounts/index.ts'
import { audit } from '../../../identity/audit/index.ts'
import { done, mark, mistake, text, type Step } from '../step.ts'
import { birthDateView } from '../views.ts'

/** The date of birth the firm knows: a check against the wrong recipient, not authentication. */
export const birthDate: Step<'birthDate'> = {
  fields: { 'birth-day': line(), 'birth-month': line(), 'birth-year': line() },
  opens: true,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done',
  show: async (_walk, _step, form) => page(birthDateView, { ...form }),
  async answer(walk, step, form) {
    const { context, account } = walk
    const read = readDate(
      text(form, 'birth-day'),
      text(form, 'birth-month'),
      text(form, 'birth-year'),
      context.now.toZonedDateTimeISO(walk.policy.zone).toPlainDate(),
    )
    if (!read.ok) return mistake({ birth: { key: read.key } })
    const link = await context.one<{ id: string }>(
      `select id from one_time where account_id = ? and purpose = 'activation' order by created_at desc limit 1`,
      [account.id],
    )
    const tried = await context.services.limits.countAttempt(
      context.services.keyedDigest('birth date', link?.id ?? account.id),
      { most: step.tries, within: Temporal.Duration.from('P30D') },
      context.now,
    )
    const known = account.birthDate && context.unseal('account', 'birth_date', account.id, account.birthDate)
    if (tried !== null) return { kind: 'closed', reason: 'birthDate' }
    if (read.date.toString() !== known) {
      await audit(context, 'activation.birthDate', { subject: account.id, actor: account.id, outcome: 'refused' })
      return mistake({ birth: { key: 'onboarding.birthDate.wrong' } })
    }
    await mark(walk, step, 'done')
    return done
  },
}
