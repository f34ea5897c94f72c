import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import { openRecovery, stepHere, type Recovery } from './state.ts'
import { isAtFactor } from './steps/factor/step.ts'
import { chooseWay } from './steps/factor/way.ts'
import { otherView } from './views.ts'
import { gonePage } from './wizard.ts'

const waysOf = ({ token, facts }: Recovery): Page =>
  page(otherView, { action: `/recovery/${token}/other`, back: `/recovery/${token}`, ways: facts.ways })

/** Whether a factor is asked here, which could be another. */
const isAsked = (state: Recovery): boolean => isAtFactor(stepHere(state)) && state.facts.ways.length > 0

/** The other ways to show who they are, and that there is none left. */
export async function waysPage(context: Context, token: string): Promise<Answer> {
  const state = await openRecovery(context, token)
  if ('gone' in state) return gonePage(state)
  return isAsked(state) ? waysOf(state) : see(`/recovery/${token}`)
}

/** Changes to another way; `none` leads to the page that says what can be done then. */
export async function takeWay(context: Context, token: string, wanted: string): Promise<Answer> {
  return context.transaction(async (inner) => {
    const state = await openRecovery(inner, token, { lock: true })
    if ('gone' in state) return gonePage(state)
    if (!isAsked(state)) return see(`/recovery/${token}`)
    if (wanted === 'none') return see(`/recovery/${token}/none`)
    const way = state.facts.ways.find((each) => each === wanted)
    if (!way) return again(waysOf(state), { way: { key: 'sign-in.other.none' } })
    await chooseWay(state, way)
    return see(`/recovery/${token}`)
  })
}
