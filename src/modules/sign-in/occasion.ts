import type { FactorName } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { anyWays, begin, waysFor, type Occasion } from '../../identity/challenge/index.ts'
import type { Owner } from '../../identity/factors/index.ts'
import { signInActions } from './audit-actions.ts'

/** The second step of signing in. */
export const occasion: Occasion = {
  purpose: 'signInCode',
  action: signInActions.secondStep,
  ways: anyWays,
}

/** What somebody can give the second step with here; none where the firm asks none of them. */
export const waysOf = (context: Context, id: string): Promise<FactorName[]> => waysFor(context, occasion, { id })

/**
 * Sends the code of the way that was just chosen. Where none went out, an earlier one still works, or the page says why
 * not and until when.
 */
export async function beginWay(context: Context, owner: Owner, way: FactorName): Promise<void> {
  const { earlier } = await begin(context, { occasion, owner, way })
  if (earlier) context.browser.flash('sign-in.code.recent')
}
