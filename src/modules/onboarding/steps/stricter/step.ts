import { page } from '../../../../platform/http/answer.ts'
import { stricterView } from '../../views.ts'
import { line } from '../../../../tenancy/route.ts'
import { askedIn, defineStep, done, everything, mark, text, type FlowState } from '../../../../identity/flow/index.ts'
import { missingNow } from '../../../../identity/requirements/index.ts'

/** What is missing, in words, and, for an account that was there before it was asked, for how long it can wait. */
async function asked({ context, account, progress }: FlowState): Promise<{
  asked: string[]
  from: Temporal.PlainDate | null
  until: Temporal.PlainDate | null
  days: number
}> {
  const missing = await missingNow(context, account.id)
  const names = askedIn(progress)
  const words = context.services.modules.requirements.flatMap((each) => (names.includes(each.name) ? [each.words] : []))
  if (!missing) return { asked: words, from: null, until: null, days: 0 }
  const came =
    account.activatedAt &&
    Temporal.Instant.fromEpochMilliseconds(account.activatedAt.getTime())
      .toZonedDateTimeISO(context.policy.zone)
      .toPlainDate()
  const wasThere = came != null && Temporal.PlainDate.compare(came, missing.from) < 0
  return {
    asked: words,
    from: missing.from,
    until: missing.until,
    days: wasThere ? Math.max(0, context.today.until(missing.until, { largestUnit: 'days' }).days) : 0,
  }
}

/** Why there is more to do: the firm's rules became stricter. Stands before the steps that are missing, and can put them off while there is grace. */
export const stricter = defineStep({
  name: 'stricter',
  choices: null,
  putsOff: everything,
  fields: { act: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done',
  show: async (state, _step, form) => page(stricterView, { ...form, ...(await asked(state)) }),
  async answer(state, step, form) {
    const later = text(form, 'act') === 'later' && (await asked(state)).days > 0
    await mark(state, step, later ? 'skipped' : 'done')
    return done
  },
})
