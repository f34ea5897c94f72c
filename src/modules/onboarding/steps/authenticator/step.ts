import { page } from '../../../../platform/http/answer.ts'
import { authenticatorView } from '../../views.ts'
import { choosable, skippable } from '../../../../tenancy/steps.ts'
import { line, proof } from '../../../../tenancy/route.ts'
import { sendNotice } from '../../../../identity/notices/index.ts'
import { record } from '../../../../identity/audit/index.ts'
import {
  authenticatorSecretFrom,
  confirmAuthenticator,
  keyInGroups,
  otpauthAddress,
  authenticatorActions,
} from '../../../../identity/factors/index.ts'
import { done, mistake, stepsAside, text, defineStep, type FlowState } from '../../../../identity/flow/index.ts'

/**
 * The secret of this flow's app. Derived from the firm's key and the progress instead of kept: showing the page changes
 * nothing, two tabs show the same picture, and nothing waits in the database for who never finishes. Of somebody signed
 * in it is of this session only: whoever looked at the page in another one knows nothing of this one.
 */
function secretOf({ context, progress }: FlowState): string {
  const session = context.session?.level === 'signedIn' ? `|${context.session.id}` : ''
  return authenticatorSecretFrom(context.tenant.vault.mac('authenticator secret', `${progress.id}${session}`))
}

/** What the QR picture says (otpauth key URI). */
function pictureText(state: FlowState): string {
  return otpauthAddress({
    issuer: state.policy.name,
    account: state.account.username ?? state.account.email,
    secret: secretOf(state),
  })
}

/** Scanning the QR code, or typing the key over, and proving it with a code. */
export const authenticator = defineStep({
  name: 'authenticator',
  samples: () => import('./samples.ts'),
  choices: { ...choosable, ...skippable },
  setsUp: () => 'authenticator',
  about: 'secondFactor',
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts) => facts.factors.authenticator,
  show: async (state, step, form) =>
    page(authenticatorView, {
      ...form,
      key: keyInGroups(secretOf(state)),
      address: pictureText(state),
      optional: step.optional,
      choice: Boolean(step.chosen),
      picture: '/onboarding/authenticator.png',
    }),
  picture: async (state) => pictureText(state),
  async answer(state, step, form) {
    const aside = await stepsAside(state, step, form)
    if (aside) return aside
    const verdict = await confirmAuthenticator(state.context, state.account, secretOf(state), text(form, 'code'), {
      replaces: 'all',
    })
    if (!verdict.ok) return mistake({ code: verdict.error })
    await record(state.context, authenticatorActions.confirmed, { subject: state.account.id, actor: state.account.id })
    await sendNotice(state.context, state.account, 'secondFactorOn')
    return done
  },
})
