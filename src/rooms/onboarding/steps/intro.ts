import type { Policy } from '../../../tenancy/policy.ts'
import { line } from '../../../tenancy/door.ts'
import { done, mark, text, type Step, type Walk } from '../step.ts'

/** Until when the second step may be put off; null when it may not any more, and also null where it is never obligatory: see `open`. */
function deadline(policy: Policy): Temporal.PlainDate | null {
  const { obligatoryFrom, grace } = policy.secondFactor
  return obligatoryFrom ? Temporal.PlainDate.from(obligatoryFrom).add(grace) : null
}

/** Whether "later" still works today, and until when it does. */
function later({ visit, policy }: Walk, allowed: boolean): { later: boolean; until: Temporal.PlainDate | null; days: number | null; obligatoryFrom: string | null } {
  const until = deadline(policy)
  const today = visit.now.toZonedDateTimeISO(policy.zone).toPlainDate()
  const open = allowed && policy.secondFactor.when === 'ifEnrolled' && (!until || Temporal.PlainDate.compare(today, until) < 0)
  return { later: open, until, days: until && open ? today.until(until, { largestUnit: 'days' }).days : null, obligatoryFrom: policy.secondFactor.obligatoryFrom ?? null }
}

/** What two-step verification is and what is going to happen; a firm may let people put it off for a while. */
export const intro: Step<'intro'> = {
  aboutSecondFactor: true,
  fields: { act: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done' || facts.factors.authenticator || facts.factors.phone,
  show: async (walk, step) => ({ view: 'onboarding/intro', data: { ...later(walk, step.later), apps: walk.track.some((each) => each.step === 'authenticator') } }),
  async answer(walk, step, form) {
    await mark(walk, step, text(form, 'act') === 'later' && later(walk, step.later).later ? 'skipped' : 'done')
    return done
  },
}
