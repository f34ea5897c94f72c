import type { ZodRawShape } from 'zod'
import { page } from '../../../../platform/http/answer.ts'
import type { PlacedStep } from '../../../../tenancy/policy.ts'
import { line, proof } from '../../../../tenancy/route.ts'
import { ask, proveWithin, sendAgain } from '../../../../identity/challenge/index.ts'
import { defineStep, done, mark, mistake, stay, text } from '../../../../identity/flow/index.ts'
import type { RecoveryFacts } from '../../facts.ts'
import type { Recovery } from '../../state.ts'
import { codeView, formAt, stuckView } from '../../views.ts'
import { challengeOf } from './way.ts'

export const factorHere = { step: 'factor', id: 'code' }

/** Whether this is where a factor is asked, or where nothing is left that could be. */
export const isAtFactor = (step: PlacedStep): boolean => step.id === factorHere.id

/**
 * Whether something must be shown beside the link. Who has a factor gives it. Who has none goes on where signing in
 * asks none either, or only a mail; else the link alone would be weaker than signing in.
 */
function mustProve({ choices, active, released, inGrace, given, ways }: RecoveryFacts): boolean {
  if (released) return false
  return ways.length > 0 || (active && choices.secondFactor.when === 'always' && !given && !inGrace)
}

/** A factor the person has. Who has nothing left that the firm asks is stuck: a release is the only way on. */
export const factor = defineStep<ZodRawShape, Recovery>({
  name: 'factor',
  choices: null,
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts, step) => !mustProve(facts) || facts.marks[step.id]?.outcome === 'done',
  async show(state, step, form) {
    const challenge = challengeOf(state)
    if (!challenge) return page(stuckView, { none: `/recovery/${state.token}/none` })
    return page(codeView, {
      ...formAt(step, form),
      ...(await ask(state.context, challenge, state.facts.ways)),
      phone: state.policy.recovery.phone,
      trust: null,
    })
  },
  async answer(state, step, form) {
    const challenge = challengeOf(state)
    if (!challenge) return stay()
    if (text(form, 'act') === 'send') {
      const sent = await sendAgain(state.context, challenge)
      return 'unsent' in sent ? mistake({ '': sent.unsent }) : stay(sent.typed ? 'recovery.code.sent' : undefined)
    }
    const proven = await proveWithin(state.context, challenge, text(form, 'code'))
    if (proven.outcome === 'wait')
      return mistake({ code: { key: 'sign-in.code.wait', params: { seconds: proven.seconds } } })
    if (proven.outcome !== 'right') return mistake({ code: proven.error })
    await mark(state, step, 'done')
    return done
  },
})
