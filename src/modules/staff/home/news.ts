import { invitePeople } from '../../../identity/accounts/index.ts'
import { allow, visibleText } from '../../../identity/permissions/index.ts'
import { textPart } from '../../../platform/db/text.ts'
import { newsSource } from '../../../tenancy/home-parts.ts'

/** As many people as are named. */
const named = 5

interface Joined {
  id: string
  name: string
  at: string
  total: number
}

/** Who became active since the person's previous sign-in, of those they may see. */
export const joinedNews = newsSource<Joined[] | null>({
  name: 'joined',
  order: 10,
  asks(context) {
    if (!allow(context, invitePeople)) return null
    const { where, params } = visibleText(context, invitePeople, 'a')
    return textPart({
      sql: `select coalesce(json_agg(j order by j.at desc), '[]') from (
        select a.id, a.name, a.activated_at as at, (count(*) over ())::int as total from account a
          join account o on o.tenant_id = a.tenant_id and o.id = ?
        where a.blocked_at is null and a.activated_at > o.previous_sign_in_at and a.id <> o.id and ${where} order by a.activated_at desc limit ${named}) j`,
      params: [context.person.id, ...params],
    })
  },
  news(context, joined) {
    const all = joined ?? []
    const rest = Math.max(0, (all[0]?.total ?? 0) - all.length)
    return [
      ...all.map(({ id, name, at }) => ({
        title: context.t('staff.news.joined', { name }),
        href: `/staff/people/${id}`,
        at: new Date(at),
      })),
      ...(rest ? [{ title: context.t('staff.news.more', { count: rest }), href: '/staff/people', at: null }] : []),
    ]
  },
  none: (context) => (allow(context, invitePeople) ? context.t('staff.news.none') : null),
})
