import { page, type Page } from '../../platform/answer.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { hasSecondStep, numberOf, usable } from '../factors/index.ts'
import { ownSessions, trustedComputers } from '../sessions/index.ts'
import { offered, ownFacts } from './own.ts'

/** "Mijn gegevens": what is known of somebody, each with the way to change it. */
export async function overviewPage(visit: PersonVisit): Promise<Page> {
  const { person, policy } = visit
  const own = await ownFacts(visit)
  const number = await numberOf(visit, person.id)
  const strong = hasSecondStep(own.factors)
  return page('profile/overview', {
    own: {
      name: person.name,
      email: person.email,
      username: person.username,
      ...own,
      lastTwo: number?.slice(-2) ?? null,
    },
    offered: offered(visit.choices),
    strong,
    twoSteps: strong ? 'on' : usable(policy, own.factors).length ? 'mail' : 'off',
    sessions: (await ownSessions(visit)).length,
    computers: policy.secondFactor.trustedComputer ? (await trustedComputers(visit)).length : null,
    spoken: policy.languages.length > 1,
  })
}
