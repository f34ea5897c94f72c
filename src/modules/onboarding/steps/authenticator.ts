import { page } from '../../../platform/http/answer.ts'
import { line, proof } from '../../../tenancy/route.ts'
import { sendNotice } from '../../../identity/notices/index.ts'
import { audit } from '../../../identity/audit/index.ts'
import {
  authenticatorSecretFrom,
  confirmAuthenticator,
  keyInGroups,
  otpauthAddress,
} from '../../../identity/factors/index.ts'
import { done, mistake, stepsAside, text, type Step, type Walk } from '../step.ts'
import { authenticatorView } from '../views.ts'

/**
 * The secret of this run's app. Derived from the firm's key and the run instead of kept: showing the page changes
 * nothing, two tabs show the same picture, and nothing waits in the database for who never finishes. Of somebody signed
 * in it is of this session only: whoever looked at the page in another one knows nothing of this one.
 */
function secretOf({ context, run }: Walk): string {
  const session = context.session?.level === 'signedIn' ? `|${context.session.id}` : ''
  return authenticatorSecretFrom(context.tenant.vault.mac('authenticator secret', `${run.id}${session}`))
}

/** What the QR picture says (otpauth key URI). */
export function pictureText(walk: Walk): string {
  return otpauthAddress({
    issuer: walk.policy.name,
    account: walk.account.username ?? walk.account.email,
    secret: secretOf(walk),
  })
}

/** Scanning the QR code, or typing the key over, and proving it with a code. */
export const authenticator: Step<'authenticator'> = {
  aboutSecondFactor: true,
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts) => facts.factors.authenticator,
  show: async (walk, step, form) =>
    page(authenticatorView, {
      ...form,
      key: keyInGroups(secretOf(walk)),
      address: pictureText(walk),
      optional: step.optional,
      choice: Boolean(step.chosen),
      picture: '/onboarding/authenticator.png',
    }),
  async answer(walk, step, form) {
    const aside = await stepsAside(walk, step, form)
    if (aside) return aside
    const verdict = await confirmAuthenticator(walk.context, walk.account, secretOf(walk), text(form, 'code'), {
      replaces: 'all',
    })
    if (!verdict.ok) return mistake({ code: verdict.error })
    await audit(walk.context, 'authenticator.confirmed', { subject: walk.account.id, actor: walk.account.id })
    await sendNotice(walk.context, walk.account, 'secondFactorOn')
    return done
  },
}
