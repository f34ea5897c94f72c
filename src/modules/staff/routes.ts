import { z } from 'zod'
import { page, type Page } from '../../platform/http/answer.ts'
import { get, id, line, post, type Route } from '../../tenancy/route.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { resend, withdraw } from '../activation/index.ts'
import { decideResets, openRequests } from '../recovery/index.ts'
import { actOn } from './block.ts'
import { afterAct, afterInvitation, checkPage, viewPerson } from './check.ts'
import { listRoutes } from './list-routes.ts'
import { newRoutes } from './new.ts'
import { countMailFails, sorts } from './people-store.ts'
import { filters } from './filters.ts'
import { listPeople } from './people.ts'
import { resetRoutes } from './resets.ts'
import { peopleView } from './views.ts'
import { invitePeople } from '../../identity/accounts/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import { helpPeople } from './permissions.ts'

const asked = z.strictObject({ search: line(), show: line(), sort: line(), page: line() })

/** One of these names, or the first where the address says something else. */
const oneOf = <T extends string>(names: readonly T[], text: string): T =>
  names.find((name) => name === text) ?? (names[0] as T)

/** The list. Everything about it stands in the address, so that it can be kept, sent and gone back to. */
async function peoplePage(
  context: PersonContext,
  { search, page: pageText, ...chosen }: z.output<typeof asked>,
): Promise<Page> {
  const number = /^[1-9]\d{0,3}$/.test(pageText) ? Number(pageText) : 1
  const [show, sort] = [oneOf(filters, chosen.show), oneOf(sorts, chosen.sort)]
  const [found, mailFails, requests] = await Promise.all([
    listPeople(context, { search, page: number, show, sort }),
    show === 'mail' ? 0 : countMailFails(context),
    allow(context, decideResets) ? openRequests(context) : 0,
  ])
  const at = (change: Record<string, string | number>) => {
    const said = Object.entries({
      search,
      show: show === 'all' ? '' : show,
      sort: sort === 'attention' ? '' : sort,
      ...change,
    }).filter(([, value]) => value !== '')
    return said.length
      ? `/staff/people?${new URLSearchParams(said.map(([name, value]) => [name, value]))}`
      : '/staff/people'
  }
  return page(peopleView, {
    ...found,
    search,
    show,
    sort,
    filters,
    sorted: {
      attention: at({ sort: '' }),
      name: at({ sort: 'name' }),
      lastSignIn: at({ sort: 'lastSignIn' }),
    },
    mailFails,
    requests,
    values: { search, show },
    previous: number > 1 ? at({ page: number - 1 }) : null,
    next: found.more ? at({ page: number + 1 }) : null,
  })
}

const one = z.strictObject({ id: id() })

export const routes: Route[] = [
  get('/people', invitePeople, asked, peoplePage),
  ...newRoutes,
  ...listRoutes,
  get('/people/:id', invitePeople, one, (context, { id: accountId }) => viewPerson(context, accountId)),
  get('/people/:id/invitation', invitePeople, one, (context, { id: accountId }) =>
    checkPage(context, accountId, 'invitation'),
  ),
  post('/people/:id/invitation', invitePeople, one, async (context, { id: accountId }) =>
    afterInvitation(context, accountId, await resend(context, accountId), 'staff.notice.resent'),
  ),
  get('/people/:id/withdrawal', invitePeople, one, (context, { id: accountId }) =>
    checkPage(context, accountId, 'withdrawal'),
  ),
  post('/people/:id/withdrawal', invitePeople, one, async (context, { id: accountId }) =>
    afterInvitation(context, accountId, await withdraw(context, accountId), 'staff.notice.withdrawn'),
  ),
  ...(['reset', 'block', 'unblock'] as const).flatMap((act) => [
    get(`/people/:id/${act}`, helpPeople, one, (context, { id: accountId }) => checkPage(context, accountId, act)),
    post(`/people/:id/${act}`, helpPeople, one, async (context, { id: accountId }) => {
      const outcome = await actOn(context, accountId, act)
      return afterAct(context, accountId, outcome === 'done' ? null : `staff.act.${outcome}`, `staff.notice.${act}`)
    }),
  ]),
  ...resetRoutes,
]
