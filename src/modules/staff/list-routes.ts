import { text as words } from '../../platform/i18n/texts.ts'
import { z } from 'zod'
import { again, bytes, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { file, get, lines, nothing, post, postFile, ticked, type Route } from '../../tenancy/route.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { asked, scheduledFor, leftToday } from '../activation/index.ts'
import { inviteList, mostPeople, readList, remaining, template, type ReadList } from './list.ts'
import { textOf } from './csv.ts'
import { listCheckView, listLeftView, listView } from './views.ts'
import { invitePeople } from '../../identity/accounts/index.ts'

function listPage(context: PersonContext, list = ''): Page {
  const { birthDate, role, organisation, username } = asked(context)
  return page(listView, {
    most: mostPeople,
    asked: { birthDate, role, organisation, username },
    roles: context.policy.roles.map(({ name }) => name),
    values: { list },
  })
}

/** What happens per row, before it happens: the mistakes first, with the list itself to correct them in. */
async function checkPage(context: PersonContext, list: ReadList): Promise<Page> {
  const count = (verdict: string) => list.rows.filter((row) => row.verdict === verdict).length
  const of = { new: count('new'), again: count('again'), active: count('active'), wrong: count('wrong') }
  const shown = page(listCheckView, {
    rows: list.rows,
    list: list.text,
    of,
    going: of.new + of.again,
    left: await leftToday(context),
    held: scheduledFor(context),
    values: { list: list.text },
  })
  return of.wrong ? again(shown, { list: { key: 'staff.list.wrong', params: { wrong: of.wrong } } }) : shown
}

async function judged(context: PersonContext, text: string): Promise<Answer> {
  const list = await readList(context, text)
  return list.error
    ? again(listPage(context, text), { [text ? 'list' : 'file']: words(list.error, { most: mostPeople }) })
    : checkPage(context, list)
}

/** Sends to every row that is right. What is not comes back, to be corrected; nothing of it is lost. */
async function send(context: PersonContext, text: string, onlyRight: boolean): Promise<Answer> {
  const list = await readList(context, text)
  const wrong = list.rows.filter(({ verdict }) => verdict === 'wrong')
  if (list.error || (wrong.length && !onlyRight)) return judged(context, text)
  const { sent, held, refused } = await inviteList(context, list)
  const left = [...wrong, ...refused].sort((a, b) => a.line - b.line)
  if (left.length) return page(listLeftView, { rows: left, sent, held, values: { list: remaining(list, left) } })
  const going = list.rows.filter(({ verdict }) => verdict === 'new' || verdict === 'again')
  if (going[0])
    context.browser.flash(
      words(
        scheduledFor(context)
          ? 'staff.notice.listHeld'
          : held
            ? 'staff.notice.listTomorrow'
            : 'staff.notice.listInvited',
        { name: going[0].name, others: going.length - 1 },
      ),
    )
  return see('/staff/people')
}

/** Inviting a list of people: a template, the list, what happens per row, and sending. */
export const listRoutes: Route[] = [
  get('/people/list', invitePeople, nothing, (context) => listPage(context)),
  get('/people/list/template', invitePeople, nothing, (context) =>
    bytes('text/csv', template(context), `${context.t('staff.list.templateName')}.csv`),
  ),
  postFile('/people/list', invitePeople, z.strictObject({ file: file() }), (context, { file: sent }) =>
    sent ? judged(context, textOf(sent)) : again(listPage(context), { file: { key: 'staff.list.none' } }),
  ),
  post('/people/list/check', invitePeople, z.strictObject({ list: lines() }), (context, { list }) =>
    judged(context, list),
  ),
  post(
    '/people/list/invitations',
    invitePeople,
    z.strictObject({ list: lines(), onlyRight: ticked() }),
    (context, { list, onlyRight }) => send(context, list, onlyRight),
  ),
]
