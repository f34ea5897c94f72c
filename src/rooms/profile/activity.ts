import { page, type Page } from '../../platform/answer.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { linesAbout } from '../audit/index.ts'
import { deviceWords } from '../sessions/index.ts'

/** Lines on one page. */
const perPage = 20

/** Every act that has words of its own, `profile.activity.<action>`; any other is told as "something about your account". */
const known = new Set([
  'account.blocked', 'account.invited', 'account.name', 'account.language', 'account.notMe', 'account.told', 'account.unblocked', 'activation.birthDate', 'approval.answered', 'approval.asked', 'approval.told', 'approver.added', 'approver.offered', 'approver.removed', 'approver.renamed', 'authenticator.confirmed', 'authenticator.removed', 'authenticator.renamed',
  'backupCode.made', 'computer.allDistrusted', 'computer.distrusted', 'credentials.mailed', 'email.asked', 'email.changed', 'invitation.requested',
  'invitation.resent', 'invitation.withdrawn', 'onboarding.finished', 'onboarding.step', 'password.changed', 'password.chosen', 'password.reset', 'person.viewed', 'phone.confirmed', 'phone.removed',
  'passkey.added', 'passkey.copied', 'passkey.removed', 'passkey.renamed',
  'recovery.cancelled', 'recovery.done', 'recovery.released', 'recovery.requested', 'reset.asked', 'reset.started',
  'secondFactor.switchedOff', 'secretQuestion.set', 'session.ended', 'session.othersEnded', 'signIn.alarm', 'signIn.browserKnown', 'signIn.done', 'signIn.passkey', 'signIn.password', 'signIn.secondStep', 'stepUp',
])
export const knownActions = [...known]

/** What happened to somebody's account, in words, newest first. What others did is told as the firm's. */
export async function activityPage(visit: PersonVisit, pageText: string): Promise<Page> {
  const number = /^[1-9]\d{0,3}$/.test(pageText) ? Number(pageText) : 1
  const found = await linesAbout(visit, visit.person.id, { offset: (number - 1) * perPage, most: perPage + 1 })
  const lines = found.slice(0, perPage).map(({ at, action, outcome, actor, browser, network }) => {
    const mine = actor === visit.person.id
    return { at, key: known.has(action) ? action : 'other', refused: outcome === 'refused', mine,
      // Where others sat is not this person's business.
      device: mine && browser ? deviceWords(visit.t.bind(visit), browser) : null, network: mine ? network : null }
  })
  const at = (place: number) => `/profile/activity?page=${place}`
  return page('profile/activity', { lines, previous: number > 1 ? at(number - 1) : null, next: found.length > perPage ? at(number + 1) : null })
}
