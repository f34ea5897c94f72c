import type { AliasableExpression, SqlBool } from 'kysely'
import { isReached } from '../../../platform/limits/store.ts'
import type { Budget } from '../../tokens/index.ts'
import type { Context } from '../../../tenancy/context.ts'
import { record } from '../../audit/index.ts'
import { phoneActions } from './audit-actions.ts'

const hour = Temporal.Duration.from('PT1H')
const day = Temporal.Duration.from('PT24H')

/** The SMS of a firm in an hour and in a day, all people and all purposes together: what a flood may cost at most. */
export const smsBudget = ({ services, tenant, policy }: Context): Budget => ({
  key: services.keyedDigest('sms of firm', tenant.id),
  limits: [
    { most: policy.sms.perHour, within: hour },
    { most: policy.sms.perDay, within: day },
  ],
})

/** Says in the firm's log that its SMS are used up: once an hour, not for everybody who asks. */
export async function logUsedUp(context: Context): Promise<void> {
  const first =
    (await context.services.limits.countAttempt(
      context.services.keyedDigest('sms of firm told', context.tenant.id),
      { most: 1, within: hour },
      context.now,
    )) === null
  if (first) await record(context, phoneActions.usedUp, { actor: null, subject: null, outcome: 'refused' })
}

/** Whether they are used up now: a piece for a statement that asks more. */
export function smsUsedUp(context: Context): AliasableExpression<SqlBool> {
  const { key, limits } = smsBudget(context)
  return isReached(
    key,
    limits.map(({ most, within }) => ({ most, since: context.from(within.negated()) })),
  )
}
