import type { Policy } from './policy.ts'

/** The day something that became obligatory can be put off no longer; null where the firm named no day. */
export function deadline({ existing }: Pick<Policy, 'existing'>): Temporal.PlainDate | null {
  return existing.from ? Temporal.PlainDate.from(existing.from).add(existing.grace) : null
}

/** Whether the firm asks everybody for a second step on this day, so that nobody may take their last one away. */
export function secondStepObligatory(
  { secondFactor, existing }: Pick<Policy, 'secondFactor' | 'existing'>,
  today: Temporal.PlainDate,
): boolean {
  return secondFactor.when === 'always' && (!existing.from || Temporal.PlainDate.compare(today, existing.from) >= 0)
}

/** Whether setting up a second step can still be put off on this day. */
export function mayPutOff(policy: Pick<Policy, 'secondFactor' | 'existing'>, today: Temporal.PlainDate): boolean {
  const until = deadline(policy)
  return policy.secondFactor.when === 'ifEnrolled' || (until !== null && Temporal.PlainDate.compare(today, until) < 0)
}
