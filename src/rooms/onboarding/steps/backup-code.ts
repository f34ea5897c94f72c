import { line, ticked } from '../../../tenancy/door.ts'
import { audit } from '../../audit/index.ts'
import { backupCodeFrom, backupCodesSoFar, backupPaper, keepBackupCode } from '../../factors/index.ts'
import type { PlacedStep } from '../../../tenancy/policy.ts'
import { loseFactors } from '../lose-factors.ts'
import { done, mistake, text, type Outcome, type Step, type Walk } from '../step.ts'

/** The code this run hands out: derived, like the app's secret, so that it can be shown again until it is put away, and never after. */
async function codeOf({ visit, run, account }: Walk): Promise<string> {
  const session = visit.session?.level === 'signedIn' ? `|${visit.session.id}` : ''
  return backupCodeFrom(
    visit.tenant.vault.mac('backup code of a run', `${run.id}|${await backupCodesSoFar(visit, account.id)}${session}`),
  )
}

/** Only right after signing in with password and backup code: the code is spent and not replaced yet. */
const maySwitchOff = ({ facts }: Walk, step: PlacedStep<'backupCode'>) =>
  step.switchesOff && facts.factors.backupCodeSpent && facts.via === 'own'

/** Takes every factor away and opens the run again: what the firm asks is set up anew, or put off where that is allowed. */
async function switchOff(walk: Walk): Promise<Outcome> {
  await loseFactors(walk.visit, walk.account, walk)
  walk.run.finishedAt = null
  walk.visit.browser.keep('notice', 'onboarding.backupCode.switchedOff')
  return done
}

/** The one code for when everything else is lost: shown until it is put away. */
export const backupCode: Step<'backupCode'> = {
  aboutSecondFactor: true,
  lost: (facts) => facts.factors.backupCodeSpent,
  fields: { saved: ticked(), act: line() },
  opens: false,
  done: (facts) => facts.factors.backupCode,
  show: async (walk, step) => ({
    view: 'onboarding/backup-code',
    data: {
      paper: backupPaper(walk.visit, walk.account),
      code: await codeOf(walk),
      confirm: step.confirm,
      again: (await backupCodesSoFar(walk.visit, walk.account.id)) > 0,
      switchesOff: maySwitchOff(walk, step),
      file: `${walk.visit.tenant.slug}-backup-code.txt`,
    },
  }),
  async answer(walk, step, form) {
    if (text(form, 'act') === 'off' && maySwitchOff(walk, step)) return switchOff(walk)
    if (step.confirm && form.saved !== true) return mistake({ saved: { key: 'onboarding.backupCode.notSaved' } })
    await keepBackupCode(walk.visit, walk.account.id, await codeOf(walk))
    await audit(walk.visit, 'backupCode.made', { subject: walk.account.id, actor: walk.account.id })
    return done
  },
}
