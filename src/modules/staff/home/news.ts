import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { invitePeople, openPeople } from '../../../identity/accounts/index.ts'
import { allow, visible } from '../../../identity/permissions/index.ts'
import { tables } from '../../../platform/db/tables.ts'
import type { PersonContext } from '../../../tenancy/context.ts'
import { moment, newsSource, type Answered } from '../../../tenancy/home-parts.ts'

/** Of others' tables only what they hand out. */
const { fragment } = tables()

/** As many people as are named. */
const named = 5

/**
 * Who became active since the person's previous sign-in, of those they may see, the last first; nothing on their first
 * visit.
 */
function asks(context: PersonContext) {
  const { id, previousSignInAt: since } = context.person
  if (!since || !allow(context, invitePeople)) return null
  return jsonArrayFrom(
    fragment
      .selectFrom(openPeople.as('a'))
      .select(({ fn }) => ['a.id', 'a.name', 'a.activated_at as at', fn.countAll<number>().over().as('total')])
      .where('a.activated_at', '>', since)
      .where('a.id', '<>', id)
      .where(visible(context, invitePeople, 'a'))
      .orderBy('a.activated_at', 'desc')
      .limit(named),
  )
}

/** Who came in meanwhile. */
export const joinedNews = newsSource<Answered<typeof asks>>({
  name: 'joined',
  order: 10,
  asks,
  news(context, joined) {
    const all = joined ?? []
    const rest = Math.max(0, (all[0]?.total ?? 0) - all.length)
    return [
      ...all.map(({ id, name, at }) => ({
        title: context.t('staff.news.joined', { name }),
        href: `/staff/people/${id}`,
        at: moment(at),
      })),
      ...(rest ? [{ title: context.t('staff.news.more', { count: rest }), href: '/staff/people', at: null }] : []),
    ]
  },
  none: (context) => (allow(context, invitePeople) ? context.t('staff.news.none') : null),
})
