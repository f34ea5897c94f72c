import { page } from '../../../src/platform/http/answer.ts'
import { view } from '../../../src/platform/views/view.ts'
import { line, proof } from '../../../src/tenancy/route.ts'
import { isEnrolled } from '../../../src/identity/factors/index.ts'
import { readCode } from '../../../src/identity/factors/code-input.ts'
import { defineStep, done, mistake, text, type StepForm } from '../../../src/identity/flow/index.ts'
import { record } from '../../../src/identity/audit/index.ts'
import { cardActions } from '../card/audit-actions.ts'
import { card } from '../card/factor.ts'
import { saveCard } from '../card/store.ts'

const stepView = view<StepForm>('card-step/step')

/** Typing over the number on the card that came by post. */
export const cardStep = defineStep({
  name: 'card',
  choices: {},
  setsUp: () => card.name,
  about: 'secondFactor',
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts) => isEnrolled(card, facts.factors),
  show: async (_state, _step, form) => page(stepView, form),
  async answer({ context, account }, _step, form) {
    const read = readCode(text(form, 'code'))
    if (!read.ok) return mistake({ code: { key: read.key, params: read.params } })
    await saveCard(context, account.id, read.code)
    await record(context, cardActions.added, { subject: account.id, actor: account.id })
    return done
  },
})
