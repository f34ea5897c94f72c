import { page } from '../../../platform/http/answer.ts'
import { line, ticked } from '../../../tenancy/route.ts'
import { audit } from '../../../identity/audit/index.ts'
import { backupCodeFrom, backupCodesSoFar, backupPaper, keepBackupCode } from '../../../identity/factors/index.ts'
import type { PlacedStep } from '../../../tenancy/policy.ts'
import { loseFactors } from '../lose-factors.ts'
import { done, mistake, text, type Outcome, type Step, type Walk } from '../step.ts'
import { backupCodeView } from '../views.ts'

/** The code this run hands out: derived, like the app's secret, so that it can be shown again until it is put away, and never after. */
async function codeOf({ context, run, account }: Walk): Promise<string> {
  const session = context.session?.level === 'signedIn' ? `|${context.session.id}` : ''
  return backupCodeFrom(
    context.tenant.vault.mac(
      'backup code of a run',
      `${run.id}|${await backupCodesSoFar(context, account.id)}${session}`,
    ),
  )
}

/** Only right after signing in with password and backup code: the code is spent and not replaced yet. */
const maySwitchOff = ({ facts }: Walk, step: PlacedStep<'backupCode'>) =>
  step.switchesOff && facts.factors.backupCodeSpent && facts.via === 'own'

/** Takes every factor away and opens the run again: what the firm asks is set up anew, or put off where that is allowed. */
async function switchOff(walk: Walk): Promise<Outcome> {
  await loseFactors(walk.context, walk.account, walk)
  walk.run.finishedAt = null
  walk.context.browser.flash('onboarding.backupCode.switchedOff')
  return done
}

/** The one code for when everything else is lost: shown until it is put away. */
export const backupCode: Step<'backupCode'> = {
  aboutSecondFactor: true,
  lost: (facts) => facts.factors.backupCodeSpent,
  fields: { saved: ticked(), act: line() },
  opens: false,
  done: (facts) => facts.factors.backupCode,
  show: async (walk, step, form) =>
    page(backupCodeView, {
      ...form,
      paper: backupPaper(walk.context, walk.account),
      code: await codeOf(walk),
      confirm: step.confirm,
      again: (await backupCodesSoFar(walk.context, walk.account.id)) > 0,
      switchesOff: maySwitchOff(walk, step),
      file: `${walk.context.tenant.slug}-backup-code.txt`,
    }),
  async answer(walk, step, form) {
    if (text(form, 'act') === 'off' && maySwitchOff(walk, step)) return switchOff(walk)
    if (step.confirm && form.saved !== true) return mistake({ saved: { key: 'onboarding.backupCode.notSaved' } })
    await keepBackupCode(walk.context, walk.account.id, await codeOf(walk))
    await audit(walk.context, 'backupCode.made', { subject: walk.account.id, actor: walk.account.id })
    return done
  },
}
