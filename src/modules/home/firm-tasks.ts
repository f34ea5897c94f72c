import type { PersonContext } from '../../tenancy/context.ts'
import { invitePeople, mailFails } from '../../identity/accounts/index.ts'
import { expiringPart, type Expiring } from '../activation/index.ts'
import { smsUsedUpPart } from '../../identity/factors/index.ts'
import { waitingPart, type WaitingRequest } from '../recovery/index.ts'
import { placesOf } from './places.ts'
import type { Part } from './widget.ts'
import type { Task } from './widgets/todo.ts'
import { allow } from '../../identity/permissions/index.ts'

/** What waits for who invites people; null for everybody else. Of what is not theirs to know there is nothing in it. */
export interface FirmRow {
  expiring: Expiring[]
  requests: WaitingRequest[]
  mailFails: number
  smsUsedUp: boolean
}

/** As many of a kind as are named one by one; the rest is counted. */
const named = 5

const nothing = { sql: `'[]'::json`, params: [] }
const no = { sql: 'false', params: [] }

/** Addresses that do not work stand by name where somebody has the list of who is stuck; elsewhere they are counted here. */
const bouncing = (context: PersonContext): Part =>
  [...placesOf(context).main, ...placesOf(context).side].includes('stuck')
    ? { sql: '0', params: [] }
    : { sql: `select count(*) from account a where ${mailFails}`, params: [] }

/** The database's part for it. A client reads of the invitations of the own organisation, only an administrator of the firm's SMS. */
export function firmPart(context: PersonContext): Part {
  if (!allow(context, invitePeople)) return { sql: 'select null::json', params: [] }
  const client = context.person.kind === 'client'
  const parts = {
    expiring: expiringPart(context, named),
    requests: client ? nothing : waitingPart(context, 'mine', named),
    mailFails: client ? { sql: '0', params: [] } : bouncing(context),
    smsUsedUp: context.person.kind === 'admin' ? smsUsedUpPart(context) : no,
  }
  return {
    sql: `select json_build_object(${Object.entries(parts)
      .map(([name, { sql }]) => `'${name}', (${sql})`)
      .join(', ')})`,
    params: Object.values(parts).flatMap(({ params }) => params),
  }
}

/** Those that are named, and one line that counts the others. */
function each<Of extends { total: number }>(all: Of[], one: (of: Of) => Task, more: (count: number) => Task): Task[] {
  const rest = (all[0]?.total ?? 0) - all.length
  return [...all.map(one), ...(rest > 0 ? [more(rest)] : [])]
}

/** The same as tasks, the most urgent first: what keeps everybody out, who waits to get in, whose invitation ends, whom no mail reaches. */
export function firmTasks(firm: FirmRow | null): Task[] {
  if (!firm) return []
  const { requests, expiring } = firm
  return [
    ...(firm.smsUsedUp ? [{ key: 'smsUsedUp', until: null, href: null } as const] : []),
    ...each(
      requests,
      ({ id, name, askedAt }) => ({
        key: 'release',
        until: null,
        name,
        at: new Date(askedAt),
        href: `/staff/resets/${id}/release`,
      }),
      (count) => ({ key: 'requests', until: null, count, href: '/staff/resets' }),
    ),
    ...each(
      expiring,
      ({ id, name, expiresAt }) => ({
        key: 'expiring',
        until: null,
        name,
        at: new Date(expiresAt),
        href: `/staff/people/${id}/invitation`,
      }),
      (count) => ({ key: 'moreExpiring', until: null, count, href: '/staff/people?show=invited' }),
    ),
    ...(firm.mailFails
      ? [{ key: 'bouncing', until: null, count: firm.mailFails, href: '/staff/people?show=mail' } as const]
      : []),
  ]
}
