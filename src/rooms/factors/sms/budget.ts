import type { Budget } from '../../../tenancy/codes.ts'
import type { Visit } from '../../../tenancy/visit.ts'
import { audit } from '../../audit/index.ts'

const hour = Temporal.Duration.from('PT1H')
const day = Temporal.Duration.from('PT24H')

/** The SMS of a firm in an hour and in a day, all people and all purposes together: what a flood may cost at most. */
export const smsBudget = ({ house, tenant, policy }: Visit): Budget => ({
  key: house.blind('sms of firm', tenant.id),
  limits: [
    { most: policy.sms.perHour, within: hour },
    { most: policy.sms.perDay, within: day },
  ],
})

/** Says in the firm's log that its SMS are used up: once an hour, not for everybody who asks. */
export async function logUsedUp(visit: Visit): Promise<void> {
  const first =
    (await visit.house.limits.countAttempt(
      visit.house.blind('sms of firm told', visit.tenant.id),
      { most: 1, within: hour },
      visit.now,
    )) === null
  if (first) await audit(visit, 'sms.usedUp', { actor: null, subject: null, outcome: 'refused' })
}

/** Whether they are used up now, as a piece for a statement that asks more. */
export function smsUsedUpPart(visit: Visit): { sql: string; params: unknown[] } {
  const { key, limits } = smsBudget(visit)
  return {
    sql: limits.map(() => '(select count(*) from attempt where key = ? and at > ?) >= ?').join(' or '),
    params: limits.flatMap(({ most, within }) => [
      key,
      new Date(visit.at.getTime() - within.total('milliseconds')),
      most,
    ]),
  }
}
