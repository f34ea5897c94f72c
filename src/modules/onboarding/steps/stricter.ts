import { page } from '../../../platform/http/answer.ts'
import { line } from '../../../tenancy/route.ts'
import { askedNow } from '../asked.ts'
import { done, mark, text, type Step, type Walk } from '../step.ts'
import { stricterView } from '../views.ts'

/** What is missing and, for an account that was there before it was asked, for how long it can wait. */
async function asked({ context, account, run }: Walk): Promise<{
  debts: string[]
  from: Temporal.PlainDate | null
  until: Temporal.PlainDate | null
  days: number
}> {
  const missing = await askedNow(context, account.id)
  const debts = (run.asked ?? '').split(' ')
  if (!missing) return { debts, from: null, until: null, days: 0 }
  const came =
    account.activatedAt &&
    Temporal.Instant.fromEpochMilliseconds(account.activatedAt.getTime())
      .toZonedDateTimeISO(context.policy.zone)
      .toPlainDate()
  const wasThere = came != null && Temporal.PlainDate.compare(came, missing.from) < 0
  return {
    debts,
    from: missing.from,
    until: missing.until,
    days: wasThere ? Math.max(0, context.today.until(missing.until, { largestUnit: 'days' }).days) : 0,
  }
}

/** Why there is more to do: the firm's rules became stricter. Stands before the steps that are missing, and can put them off while there is grace. */
export const stricter: Step<'stricter'> = {
  fields: { act: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done',
  show: async (walk, _step, form) => page(stricterView, { ...form, ...(await asked(walk)) }),
  async answer(walk, step, form) {
    const later = text(form, 'act') === 'later' && (await asked(walk)).days > 0
    await mark(walk, step, later ? 'skipped' : 'done')
    return done
  },
}
