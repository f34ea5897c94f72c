import { page } from '../../../../platform/http/answer.ts'
import { backupCodeView } from '../../views.ts'
import { z } from 'zod'
import { line, ticked } from '../../../../tenancy/route.ts'
import { record } from '../../../../identity/audit/index.ts'
import {
  backupCode as codeFactor,
  backupCodeActions,
  backupCodeFrom,
  backupCodesSoFar,
  backupPaper,
  isEnrolled,
  isSpent,
  saveBackupCode,
} from '../../../../identity/factors/index.ts'
import { loseFactors } from '../../../../identity/flow/index.ts'
import { done, mistake, text, type Outcome, defineStep, type FlowState } from '../../../../identity/flow/index.ts'

/**
 * The code this flow hands out: derived, like the app's secret, so that it can be shown again until it is put away, and
 * never after.
 */
async function codeOf({ context, progress, account }: FlowState): Promise<string> {
  const session = context.session?.level === 'signedIn' ? `|${context.session.id}` : ''
  return backupCodeFrom(
    context.tenant.vault.mac(
      'backup code of a run',
      `${progress.id}|${await backupCodesSoFar(context, account.id)}${session}`,
    ),
  )
}

/** Only right after signing in with password and backup code: the code is spent and not replaced yet. */
const maySwitchOff = ({ facts }: FlowState, step: { switchesOff: boolean }) =>
  step.switchesOff && isSpent(codeFactor, facts.factors) && facts.via === 'own'

/**
 * Takes every factor away and opens the flow again: what the firm asks is set up anew, or put off where that is
 * allowed.
 */
async function switchOff(state: FlowState): Promise<Outcome> {
  await loseFactors(state.context, state.account, state)
  state.progress.finishedAt = null
  state.context.browser.flash('onboarding.backupCode.switchedOff')
  return done
}

/** The one code for when everything else is lost: shown until it is put away. */
export const backupCode = defineStep({
  samples: () => import('./samples.ts'),
  name: codeFactor.name,
  choices: {
    confirm: z.boolean().default(false).describe('a checkbox "I have saved the code" that must be ticked'),
    switchesOff: z
      .boolean()
      .default(false)
      .describe(
        'who signed in with password and backup code may switch the second step off; where it is obligatory, setting it up again follows at once',
      ),
  },
  features: [codeFactor.name],
  about: 'secondFactor',
  lost: (facts) => isSpent(codeFactor, facts.factors),
  fields: { saved: ticked(), act: line() },
  opens: false,
  done: (facts) => isEnrolled(codeFactor, facts.factors),
  show: async (state, step, form) =>
    page(backupCodeView, {
      ...form,
      paper: backupPaper(state.context, state.account),
      code: await codeOf(state),
      confirm: step.confirm,
      again: (await backupCodesSoFar(state.context, state.account.id)) > 0,
      switchesOff: maySwitchOff(state, step),
      file: `${state.context.tenant.slug}-backup-code.txt`,
    }),
  async answer(state, step, form) {
    if (text(form, 'act') === 'off' && maySwitchOff(state, step)) return switchOff(state)
    if (step.confirm && form.saved !== true) return mistake({ saved: { key: 'onboarding.backupCode.notSaved' } })
    await saveBackupCode(state.context, state.account.id, await codeOf(state))
    await record(state.context, backupCodeActions.made, { subject: state.account.id, actor: state.account.id })
    return done
  },
})
