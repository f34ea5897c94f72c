import { page, type Page } from '../../platform/answer.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { hasSecondStep, numberOf } from '../factors/index.ts'
import { ownSessions, trustedComputers } from '../sessions/index.ts'
import { mayRemove, offered, ownFacts } from './own.ts'

/** "Mijn gegevens": what is known of somebody, each with the way to change it. */
export async function overviewPage(visit: PersonVisit): Promise<Page> {
  const { person, policy } = visit
  const own = await ownFacts(visit)
  const number = await numberOf(visit, person.id)
  return page('profile/overview', {
    own: { name: person.name, email: person.email, username: person.username, ...own, lastTwo: number?.slice(-2) ?? null },
    offered: offered(policy), strong: hasSecondStep(own.factors),
    removable: { app: mayRemove(visit, own.factors, 'authenticator'), phone: mayRemove(visit, own.factors, 'phone') },
    sessions: (await ownSessions(visit)).length,
    computers: policy.secondFactor.trustedComputer ? (await trustedComputers(visit)).length : null,
    spoken: policy.languages.length > 1,
  })
}
