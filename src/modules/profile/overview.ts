import { page, type Page } from '../../platform/http/answer.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { hasSecondStep, numberOf, usable } from '../../identity/factors/index.ts'
import { ownSessions, trustedComputers } from '../../identity/sessions/index.ts'
import { acceptedBy } from '../terms/index.ts'
import { offered, ownFacts } from './own.ts'
import { overviewView } from './views.ts'

/** "Mijn gegevens": what is known of somebody, each with the way to change it. */
export async function overviewPage(context: PersonContext): Promise<Page> {
  const { person, policy } = context
  const own = await ownFacts(context)
  const number = await numberOf(context, person.id)
  const [agreed = null] = await acceptedBy(context, person.id)
  const strong = hasSecondStep(own.factors)
  return page(overviewView, {
    own: {
      name: person.name,
      email: person.email,
      username: person.username,
      ...own,
      lastTwo: number?.slice(-2) ?? null,
    },
    offered: offered(context.choices),
    strong,
    twoSteps: strong ? 'on' : usable(policy, own.factors).length ? 'mail' : 'off',
    sessions: (await ownSessions(context)).length,
    computers: policy.secondFactor.trustedComputer ? (await trustedComputers(context)).length : null,
    spoken: policy.languages.length > 1,
    agreed,
  })
}
