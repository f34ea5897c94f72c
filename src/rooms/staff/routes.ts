import { z } from 'zod'
import { again, page, see, type Answer, type FieldErrors, type Page } from '../../platform/answer.ts'
import { file, get, id, line, lines, nothing, post, postFile, type Route } from '../../tenancy/door.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { heldUntil, leftToday, asked, invite, resend, withdraw, type InvitationForm } from '../activation/index.ts'
import { openRequests } from '../recovery/index.ts'
import { actOn } from './block.ts'
import { afterAct, afterInvitation, checkPage, viewPerson } from './check.ts'
import { inviteList, mostPeople, readList, textOf } from './list.ts'
import { countMailFails, listPeople, shares } from './people.ts'
import { resetRoutes } from './resets.ts'

async function peoplePage(visit: PersonVisit, { search, show, page: pageText }: { search: string; show: string; page: string }): Promise<Page> {
  const number = /^[1-9]\d{0,3}$/.test(pageText) ? Number(pageText) : 1
  const share = shares.find((each) => each === show) ?? null
  const found = await listPeople(visit, { search, page: number, share })
  const at = (place: number) => `/staff/people?${new URLSearchParams({ ...(search && { search }), ...(share && { show: share }), page: String(place) })}`
  return page('staff/people', { ...found, search, share, mailFails: share ? 0 : await countMailFails(visit),
    requests: share || visit.person.kind === 'client' ? 0 : await openRequests(visit), values: { search }, previous: number > 1 ? at(number - 1) : null, next: found.more ? at(number + 1) : null })
}

const empty: InvitationForm = { name: '', email: '', username: '', role: '', organisation: '', language: '', 'birthDate-day': '', 'birthDate-month': '', 'birthDate-year': '' }

function newPage(visit: PersonVisit, form: InvitationForm = empty): Page {
  const { policy, language } = visit
  const roles = policy.roles.map(({ name, label }) => ({ value: name, text: label[language] }))
  const spoken = policy.languages.map((each) => ({ value: each, text: visit.t(`shell.language.${each}`) }))
  return page('staff/new', { asked: asked(visit), roles, roleOptional: !policy.invitation.rolesRequired, business: policy.invitation.businessMailOnly,
    spoken, lifetime: policy.links.activation, values: { ...form, language: form.language || (policy.languages[0] ?? 'nl') } })
}

function listPage(visit: PersonVisit): Page {
  const { birthDate, role, organisation, username } = asked(visit)
  return page('staff/list', { most: mostPeople, asked: { birthDate, role, organisation, username }, roles: visit.policy.roles.map(({ name }) => name) })
}

/** The list as it was read: with mistakes it comes back, without it waits for one last look. */
async function judged(visit: PersonVisit, text: string): Promise<Answer> {
  const list = readList(visit, text)
  if (list.error) return again(listPage(visit), { file: { key: list.error, params: { most: mostPeople } } })
  const wrong = list.rows.filter((row) => row.wrong.length)
  return wrong.length ? again(page('staff/list-wrong', { rows: wrong, total: list.rows.length }), { '': { key: 'staff.list.wrong', params: { wrong: wrong.length } } }) : page('staff/list-check', { rows: list.rows, list: list.text, left: await leftToday(visit) })
}

const one = z.strictObject({ id: id() })
/** Nothing is wrong with the form: it was too much. */
const isWait = (errors: FieldErrors) => Object.values(errors).some(({ params }) => params?.seconds !== undefined)
const invitation = z.strictObject({ name: line(), email: line(), username: line(), role: line(), organisation: line(), language: line(),
  'birthDate-day': line(), 'birthDate-month': line(), 'birthDate-year': line() })

export const routes: Route[] = [
  get('/people', 'inviter', z.strictObject({ search: line(), show: line(), page: line() }), peoplePage),
  get('/people/new', 'inviter', nothing, (visit) => newPage(visit)),
  post('/people/new', 'inviter', invitation, async (visit, form) => {
    const invited = await invite(visit, form)
    if (!invited.ok) return again(newPage(visit, form), invited.errors, isWait(invited.errors) ? 429 : 422)
    visit.browser.keep('notice', heldUntil(visit) ? 'staff.notice.held' : invited.held ? 'staff.notice.tomorrow' : 'staff.notice.invited')
    return see('/staff/people')
  }),
  get('/people/list', 'inviter', nothing, listPage),
  postFile('/people/list', 'inviter', z.strictObject({ file: file() }), (visit, { file: sent }) =>
    sent ? judged(visit, textOf(sent)) : again(listPage(visit), { file: { key: 'staff.list.none' } })),
  post('/people/list/invitations', 'inviter', z.strictObject({ list: lines() }), async (visit, { list }) => {
    const read = readList(visit, list)
    if (read.error || read.rows.some((row) => row.wrong.length)) return judged(visit, list)
    const { refused, held } = await inviteList(visit, read)
    if (refused.length) return page('staff/list-wrong', { rows: refused, total: read.rows.length, sent: read.rows.length - refused.length - held, held })
    visit.browser.keep('notice', heldUntil(visit) ? 'staff.notice.held' : held ? 'staff.notice.listTomorrow' : 'staff.notice.listInvited')
    return see('/staff/people')
  }),
  get('/people/:id', 'inviter', one, (visit, { id: accountId }) => viewPerson(visit, accountId)),
  post('/people/:id/invitation', 'inviter', one, async (visit, { id: accountId }) => afterInvitation(visit, accountId, await resend(visit, accountId), 'staff.notice.resent')),
  get('/people/:id/withdrawal', 'inviter', one, (visit, { id: accountId }) => checkPage(visit, accountId, 'withdrawal')),
  post('/people/:id/withdrawal', 'inviter', one, async (visit, { id: accountId }) => afterInvitation(visit, accountId, await withdraw(visit, accountId), 'staff.notice.withdrawn')),
  ...(['reset', 'block', 'unblock'] as const).flatMap((act) => [
    get(`/people/:id/${act}`, 'staff', one, (visit, { id: accountId }) => checkPage(visit, accountId, act)),
    post(`/people/:id/${act}`, 'staff', one, async (visit, { id: accountId }) => {
      const outcome = await actOn(visit, accountId, act)
      return afterAct(visit, accountId, outcome === 'done' ? null : `staff.act.${outcome}`, `staff.notice.${act}`)
    }),
  ]),
  ...resetRoutes,
]
