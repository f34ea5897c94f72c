import type { PersonContext } from '../../../tenancy/context.ts'
import { invitePeople } from '../../../identity/accounts/index.ts'
import { knownActions, sincePart, type Since } from '../../../identity/audit/index.ts'
import { moment, type Part, type Widget } from '../widget.ts'
import { allow, visibleText } from '../../../identity/permissions/index.ts'

/** As many lines and people as are named. */
const named = 5

/** What somebody does at every request, and knows. That it failed is told all the same. */
const everyDay = [
  'signIn.done',
  'signIn.password',
  'signIn.secondStep',
  'signIn.passkey',
  'signIn.browserKnown',
  'stepUp',
  'onboarding.step',
  'account.language',
  'approval.asked',
  'approval.answered',
  'session.ended',
]

interface Joined {
  id: string
  name: string
  at: string
  total: number
}
interface Row {
  since: string | null
  lines: Since[]
  joined: Joined[]
}

/** Who became active since the person's previous sign-in, of those they may see. */
function joinedPart(context: PersonContext): Part {
  if (!allow(context, invitePeople)) return { sql: `'[]'::json`, params: [] }
  const { where, params } = visibleText(context, invitePeople, 'a')
  return {
    sql: `select coalesce(json_agg(j order by j.at desc), '[]') from (
      select a.id, a.name, a.activated_at as at, (count(*) over ())::int as total from account a
      where a.blocked_at is null and a.activated_at > o.previous_sign_in_at and a.id <> o.id and ${where} order by a.activated_at desc limit ${named}) j`,
    params,
  }
}

/** What happened since the last sign-in. `sees`: who joins is told to this person; `more` who are not named. */
interface Activity {
  since: Date | null
  sees: boolean
  lines: { key: string; at: Date; n: number; refused: boolean; mine: boolean }[]
  joined: { name: string; at: Date; href: string }[]
  more: number
}

/** What happened since the sign-in before this one: to the own account, and for who invites: who came in. */
export const activity: Widget<Row, Activity> = {
  picture: 'history',
  part(context) {
    const [lines, joined] = [sincePart(context, { quiet: everyDay, most: named }), joinedPart(context)]
    return {
      sql: `select json_build_object('since', o.previous_sign_in_at, 'lines', (${lines.sql}), 'joined', (${joined.sql})) from account o where o.id = ?`,
      params: [...lines.params, ...joined.params, context.person.id],
    }
  },
  data: (context, { since, lines, joined }) => ({
    since: moment(since),
    sees: allow(context, invitePeople),
    lines: lines.map(({ action, at, n, refused, mine }) => ({
      key: knownActions.includes(action) ? action : 'other',
      at: new Date(at),
      n,
      refused,
      mine,
    })),
    joined: joined.map(({ id, name, at }) => ({ name, at: new Date(at), href: `/staff/people/${id}` })),
    more: Math.max(0, (joined[0]?.total ?? 0) - joined.length),
  }),
}
