import type { ZodRawShape } from 'zod'
import { page } from '../../../../platform/http/answer.ts'
import { line, proof } from '../../../../tenancy/route.ts'
import {
  answerNumber,
  isWaiting,
  numberAsked,
  numberOf,
  type NumberWaiting,
} from '../../../../identity/factors/index.ts'
import { defineStep, done, mark, mistake, stage, stay, text, unstage } from '../../../../identity/flow/index.ts'
import type { Recovery } from '../../state.ts'
import { formAt, numberCodeView } from '../../views.ts'
import { factorHere } from '../factor/step.ts'

export const numberCodeHere = { step: 'numberCode', id: 'numberCode' }

/** The number waits in the flow. */
export const waitingIn = (state: Recovery): NumberWaiting => ({
  number: state.facts.waiting.number,
  save: (number) => stage(state, 'number', number),
  drop: () => unstage(state),
})

/** The code to the new number. */
export const numberCode = defineStep<ZodRawShape, Recovery>({
  name: 'numberCode',
  choices: null,
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done',
  async show(state, step, form) {
    const { context, account, facts } = state
    const asked = await numberAsked(context, account, facts.waiting.number ?? '')
    return page(numberCodeView, { ...formAt(step, form), ...asked })
  },
  async answer(state, step, form) {
    const { context, account } = state
    const waiting = waitingIn(state)
    if (!isWaiting(waiting)) return stay()
    const answer = await answerNumber(context, account, waiting, { act: text(form, 'act'), code: text(form, 'code') })
    if (answer.outcome === 'wrong') return mistake(answer.errors)
    if (answer.outcome !== 'right') return stay('notice' in answer ? answer.notice : undefined)
    await mark(state, step, 'done')
    // The number they had and kept: its code is the code on the old number too.
    if (waiting.number === (await numberOf(context, account.id))) await mark(state, factorHere, 'done')
    return done
  },
})
