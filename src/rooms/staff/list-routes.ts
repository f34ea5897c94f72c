import { z } from 'zod'
import { again, bytes, page, see, type Answer, type Page } from '../../platform/answer.ts'
import { file, get, lines, nothing, post, postFile, ticked, type Route } from '../../tenancy/door.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { asked, heldUntil, leftToday } from '../activation/index.ts'
import { inviteList, mostPeople, readList, remaining, template, textOf, type ReadList } from './list.ts'

function listPage(visit: PersonVisit, list = ''): Page {
  const { birthDate, role, organisation, username } = asked(visit)
  return page('staff/list', {
    most: mostPeople,
    asked: { birthDate, role, organisation, username },
    roles: visit.policy.roles.map(({ name }) => name),
    values: { list },
  })
}

/** What happens per row, before it happens: the mistakes first, with the list itself to correct them in. */
async function checkPage(visit: PersonVisit, list: ReadList): Promise<Page> {
  const count = (verdict: string) => list.rows.filter((row) => row.verdict === verdict).length
  const of = { new: count('new'), again: count('again'), active: count('active'), wrong: count('wrong') }
  const shown = page('staff/list-check', {
    rows: list.rows,
    list: list.text,
    of,
    going: of.new + of.again,
    left: await leftToday(visit),
    held: heldUntil(visit),
    values: { list: list.text },
  })
  return of.wrong ? again(shown, { list: { key: 'staff.list.wrong', params: { wrong: of.wrong } } }) : shown
}

async function judged(visit: PersonVisit, text: string): Promise<Answer> {
  const list = await readList(visit, text)
  return list.error
    ? again(listPage(visit, text), { [text ? 'list' : 'file']: { key: list.error, params: { most: mostPeople } } })
    : checkPage(visit, list)
}

/** Sends to every row that is right. What is not comes back, to be corrected; nothing of it is lost. */
async function send(visit: PersonVisit, text: string, onlyRight: boolean): Promise<Answer> {
  const list = await readList(visit, text)
  const wrong = list.rows.filter(({ verdict }) => verdict === 'wrong')
  if (list.error || (wrong.length && !onlyRight)) return judged(visit, text)
  const { sent, held, refused } = await inviteList(visit, list)
  const left = [...wrong, ...refused].sort((a, b) => a.line - b.line)
  if (left.length) return page('staff/list-left', { rows: left, sent, held, values: { list: remaining(list, left) } })
  const going = list.rows.filter(({ verdict }) => verdict === 'new' || verdict === 'again')
  if (going[0])
    visit.browser.tell(
      heldUntil(visit) ? 'staff.notice.listHeld' : held ? 'staff.notice.listTomorrow' : 'staff.notice.listInvited',
      { name: going[0].name, others: going.length - 1 },
    )
  return see('/staff/people')
}

/** Inviting a list of people: a template, the list, what happens per row, and sending. */
export const listRoutes: Route[] = [
  get('/people/list', 'inviter', nothing, (visit) => listPage(visit)),
  get('/people/list/template', 'inviter', nothing, (visit) =>
    bytes('text/csv', template(visit), `${visit.t('staff.list.templateName')}.csv`),
  ),
  postFile('/people/list', 'inviter', z.strictObject({ file: file() }), (visit, { file: sent }) =>
    sent ? judged(visit, textOf(sent)) : again(listPage(visit), { file: { key: 'staff.list.none' } }),
  ),
  post('/people/list/check', 'inviter', z.strictObject({ list: lines() }), (visit, { list }) => judged(visit, list)),
  post(
    '/people/list/invitations',
    'inviter',
    z.strictObject({ list: lines(), onlyRight: ticked() }),
    (visit, { list, onlyRight }) => send(visit, list, onlyRight),
  ),
]
