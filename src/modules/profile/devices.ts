import { page, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import {
  deviceWords,
  distrustAll,
  distrustOne,
  endOtherSessions,
  endOwnSession,
  ownSessions,
  trustedComputers,
} from '../../identity/sessions/index.ts'
import { act } from './act.ts'
import { computersView, sessionsView } from './views.ts'
import { profileActions } from './audit-actions.ts'

/** Where somebody is signed in now. */
export async function sessionsPage(context: PersonContext): Promise<Page> {
  const sessions = await ownSessions(context)
  return page(sessionsView, {
    sessions: sessions.map((each) => ({ ...each, device: deviceWords(context.t.bind(context), each.browser) })),
  })
}

/** On which computers the second step is skipped. */
export async function computersPage(context: PersonContext): Promise<Page> {
  if (!context.policy.secondFactor.trustedComputer) throw notFound()
  const computers = await trustedComputers(context)
  return page(computersView, {
    computers: computers.map((each) => ({ ...each, device: deviceWords(context.t.bind(context), each.browser) })),
  })
}

/** Ends one session. @throws Refusal 404 for one that is not theirs, whoever's it is */
export const endOne = (context: PersonContext, id: string): Promise<Answer> =>
  act(context, { to: '/profile/sessions', notice: 'profile.done.session', shown: sessionsPage }, async (inner) => {
    if (!(await endOwnSession(inner, id))) throw notFound()
    await record(inner, profileActions.sessionEnded)
    return null
  })

/** Ends all but this one: at once, also for requests under way. */
export const endOthers = (context: PersonContext): Promise<Answer> =>
  act(context, { to: '/profile/sessions', notice: 'profile.done.sessions', shown: sessionsPage }, async (inner) => {
    await endOtherSessions(inner)
    await record(inner, profileActions.othersEnded)
    return null
  })

/** Trusts one computer no more. @throws Refusal 404 for one that is not theirs */
export const distrust = (context: PersonContext, id: string): Promise<Answer> =>
  act(context, { to: '/profile/computers', notice: 'profile.done.computer', shown: computersPage }, async (inner) => {
    if (!(await distrustOne(inner, id))) throw notFound()
    await record(inner, profileActions.distrusted)
    return null
  })

/** Trusts no computer any more. */
export const distrustEvery = (context: PersonContext): Promise<Answer> =>
  act(context, { to: '/profile/computers', notice: 'profile.done.computers', shown: computersPage }, async (inner) => {
    await distrustAll(inner, inner.person.id)
    await record(inner, profileActions.allDistrusted)
    return null
  })
