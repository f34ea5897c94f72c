import type { FactorName } from '../../../../tenancy/policy.ts'
import type { Challenge } from '../../../../identity/challenge/index.ts'
import { record } from '../../../../identity/audit/index.ts'
import { mark } from '../../../../identity/flow/index.ts'
import { recoveryActions } from '../../audit-actions.ts'
import { occasion } from '../../occasion.ts'
import type { Recovery } from '../../state.ts'

/** The mark that says which factor somebody chose to give. */
const chosen = { step: 'way', id: 'way' }

/** By the factor in use: the one that was chosen, else the first in the firm's order. Null for who has none. */
export function challengeOf({ account, facts }: Recovery): Challenge | null {
  const said = facts.marks[chosen.id]?.value
  const way = facts.ways.find((each) => each === said) ?? facts.ways[0]
  return way ? { occasion, owner: account, way } : null
}

/** Somebody chooses another factor to give. In the caller's transaction. */
export async function chooseWay(state: Recovery, way: FactorName): Promise<void> {
  await mark(state, chosen, 'done', way)
  await record(state.context, recoveryActions.way, { subject: state.account.id, detail: { factor: way } })
}
