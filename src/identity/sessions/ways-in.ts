import type { Context } from '../../tenancy/context.ts'
import { endQuestions } from '../factors/index.ts'
import { killOneTime, type Purpose } from '../tokens/index.ts'

/**
 * What lets somebody in, or changes how, and was on its way before the change: it went by the old password, address or
 * factors.
 */
const waysIn: Purpose[] = ['signInCode', 'stepUpCode', 'phoneCode', 'temporaryPassword', 'emailChange', 'approverJoin']

/**
 * Kills all of that, and whatever was under way to get back in: after every change in how somebody signs in, wherever
 * it is made. In the caller's transaction, which holds the account.
 */
export async function killWaysIn(context: Context, accountId: string): Promise<void> {
  await killOneTime(context, accountId, ...waysIn)
  await endQuestions(context, accountId)
  for (const { endsWaysIn } of context.services.modules.all) await endsWaysIn?.(context, accountId)
}
