import { line, proof } from '../../../tenancy/door.ts'
import { sendNotice } from '../../../tenancy/notices.ts'
import { audit } from '../../audit/index.ts'
import { addPasskey, hasSecondStep, newPasskey } from '../../factors/index.ts'
import { deviceWords } from '../../sessions/index.ts'
import { done, mistake, stepsAside, text, type Step } from '../step.ts'

/** Making a passkey on the device at hand. Its name is that of browser and system; it can be changed later. */
export const passkey: Step<'passkey'> = {
  aboutSecondFactor: true,
  fields: { passkey: proof(), act: line() },
  opens: false,
  done: (facts) => facts.factors.passkey,
  show: async (walk, step) => ({
    view: 'onboarding/passkey',
    data: {
      options: await newPasskey(walk.visit, walk.account),
      optional: step.optional,
      choice: Boolean(step.chosen),
    },
  }),
  async answer(walk, step, form) {
    const { visit, account, facts } = walk
    const aside = await stepsAside(walk, step, form)
    if (aside) return aside
    const verdict = await addPasskey(
      visit,
      account,
      text(form, 'passkey'),
      deviceWords(visit.t.bind(visit), visit.facts.agent),
    )
    if (!verdict.ok) return mistake({ passkey: verdict.error })
    await audit(visit, 'passkey.added', { subject: account.id, actor: account.id })
    await sendNotice(visit, account, hasSecondStep(facts.factors) ? 'passkeyAdded' : 'secondFactorOn')
    return done
  },
}
