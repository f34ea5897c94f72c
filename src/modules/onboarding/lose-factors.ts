import { sendNotice } from '../../identity/notices/index.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Account } from '../../identity/accounts/index.ts'
import { audit } from '../../identity/audit/index.ts'
import { removeFactors } from '../../identity/factors/index.ts'
import type { Walk } from './step.ts'

const about = ['intro', 'chooseFactor', 'phone', 'authenticator', 'passkey', 'approval']

/**
 * Takes every factor of somebody away, in the caller's transaction, and opens their walk again: at the next sign-in the
 * firm asks a second step anew, or lets it be put off where that is allowed. No walk: signing in begins one.
 */
export async function loseFactors(
  context: Context,
  account: Account,
  walk: Pick<Walk, 'run' | 'track'> | null,
): Promise<void> {
  await removeFactors(context, account.id)
  if (walk) {
    const marks = walk.track.filter((each) => about.includes(each.step)).map((each) => each.id)
    await context.query('delete from step_mark where run_id = ? and step = any (?)', [
      walk.run.id,
      `{${marks.join(',')}}`,
    ])
    await context.query('update run set finished_at = null where id = ?', [walk.run.id])
  }
  await audit(context, 'secondFactor.switchedOff', { subject: account.id, actor: context.person?.id ?? account.id })
  await sendNotice(context, account, 'secondFactorOff')
}
