import { page, type Answer, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import {
  deviceWords,
  distrustAll,
  distrustOne,
  endOtherSessions,
  endOwnSession,
  ownSessions,
  trustedComputers,
} from '../sessions/index.ts'
import { act } from './act.ts'

/** Where somebody is signed in now. */
export async function sessionsPage(visit: PersonVisit): Promise<Page> {
  const sessions = await ownSessions(visit)
  return page('profile/sessions', {
    sessions: sessions.map((each) => ({ ...each, device: deviceWords(visit.t.bind(visit), each.browser) })),
  })
}

/** On which computers the second step is skipped. */
export async function computersPage(visit: PersonVisit): Promise<Page> {
  if (!visit.policy.secondFactor.trustedComputer) throw notFound()
  const computers = await trustedComputers(visit)
  return page('profile/computers', {
    computers: computers.map((each) => ({ ...each, device: deviceWords(visit.t.bind(visit), each.browser) })),
  })
}

/** Ends one session. @throws Refusal 404 for one that is not theirs, whoever's it is */
export const endOne = (visit: PersonVisit, id: string): Promise<Answer> =>
  act(visit, { to: '/profile/sessions', notice: 'profile.done.session', shown: sessionsPage }, async (inner) => {
    if (!(await endOwnSession(inner, id))) throw notFound()
    await audit(inner, 'session.ended')
    return null
  })

/** Ends all but this one: at once, also for requests under way. */
export const endOthers = (visit: PersonVisit): Promise<Answer> =>
  act(visit, { to: '/profile/sessions', notice: 'profile.done.sessions', shown: sessionsPage }, async (inner) => {
    await endOtherSessions(inner)
    await audit(inner, 'session.othersEnded')
    return null
  })

/** Trusts one computer no more. @throws Refusal 404 for one that is not theirs */
export const distrust = (visit: PersonVisit, id: string): Promise<Answer> =>
  act(visit, { to: '/profile/computers', notice: 'profile.done.computer', shown: computersPage }, async (inner) => {
    if (!(await distrustOne(inner, id))) throw notFound()
    await audit(inner, 'computer.distrusted')
    return null
  })

/** Trusts no computer any more. */
export const distrustEvery = (visit: PersonVisit): Promise<Answer> =>
  act(visit, { to: '/profile/computers', notice: 'profile.done.computers', shown: computersPage }, async (inner) => {
    await distrustAll(inner, inner.person.id)
    await audit(inner, 'computer.allDistrusted')
    return null
  })
