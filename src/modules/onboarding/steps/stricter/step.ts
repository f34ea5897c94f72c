import type { PlainKey } from '../../../../platform/i18n/texts.ts'
import { page } from '../../../../platform/http/answer.ts'
import { stricterView, type StricterAsked } from '../../views.ts'
import { line } from '../../../../tenancy/route.ts'
import { askedIn, defineStep, done, everything, mark, text, type FlowState } from '../../../../identity/flow/index.ts'
import { missingNow } from '../../../../identity/requirements/index.ts'

/** What is missing, in words. */
function wordsOf({ context, progress }: FlowState): Pick<StricterAsked, 'asked' | 'text'> & { titleKey?: PlainKey } {
  const names = askedIn(progress)
  const missing = context.services.modules.requirements.filter(({ name }) => names.includes(name))
  const alone = missing.length === 1 ? missing[0]?.alone : undefined
  return {
    asked: missing.map(({ words }) => words),
    text: alone?.text ?? 'onboarding.stricter.text',
    ...(alone && { titleKey: alone.title }),
  }
}

/** From when it is asked and, for an account that was there before, for how long it can wait. */
async function grace({ context, account }: FlowState): Promise<Pick<StricterAsked, 'from' | 'until' | 'days'>> {
  const missing = await missingNow(context, account.id)
  if (!missing) return { from: null, until: null, days: 0 }
  const came =
    account.activatedAt &&
    Temporal.Instant.fromEpochMilliseconds(account.activatedAt.getTime())
      .toZonedDateTimeISO(context.policy.zone)
      .toPlainDate()
  const wasThere = came != null && Temporal.PlainDate.compare(came, missing.from) < 0
  return {
    from: missing.from,
    until: missing.until,
    days: wasThere ? Math.max(0, context.today.until(missing.until, { largestUnit: 'days' }).days) : 0,
  }
}

/**
 * Why there is more to do: the firm's rules became stricter. Stands before the steps that are missing, and can put them
 * off while there is grace.
 */
export const stricter = defineStep({
  name: 'stricter',
  samples: () => import('./samples.ts'),
  choices: null,
  putsOff: everything,
  fields: { act: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done',
  show: async (state, _step, form) => page(stricterView, { ...form, ...wordsOf(state), ...(await grace(state)) }),
  async answer(state, step, form) {
    const later = text(form, 'act') === 'later' && (await grace(state)).days > 0
    await mark(state, step, later ? 'skipped' : 'done')
    return done
  },
})
