import type { PersonVisit } from '../../tenancy/visit.ts'
import { mailFails } from '../accounts/index.ts'
import { smsUsedUpPart } from '../factors/index.ts'
import { openRequestsSelect } from '../recovery/index.ts'
import type { Part } from './widget.ts'
import type { Task } from './widgets/todo.ts'

/** What waits for the firm's own people; null for clients. */
export interface FirmRow { mailFails: number; requests: number; smsUsedUp: boolean }

/** The database's part for it. Only an administrator hears of the firm's SMS. */
export function firmPart(visit: PersonVisit): Part {
  if (visit.person.kind === 'client') return { sql: 'select null::json', params: [] }
  const sms = visit.person.kind === 'admin' ? smsUsedUpPart(visit) : { sql: 'false', params: [] }
  return {
    sql: `select json_build_object('mailFails', (select count(*) from account a where ${mailFails}), 'requests', (${openRequestsSelect}), 'smsUsedUp', ${sms.sql})`,
    params: sms.params,
  }
}

/** The same as tasks, the most urgent first: what keeps everybody out, who waits to get in, whom no mail reaches. */
export function firmTasks(firm: FirmRow | null): Task[] {
  if (!firm) return []
  return [
    ...(firm.smsUsedUp ? [{ key: 'smsUsedUp', until: null, href: null } as const] : []),
    ...(firm.requests ? [{ key: 'requests', until: null, count: firm.requests, href: '/staff/resets' } as const] : []),
    ...(firm.mailFails ? [{ key: 'bouncing', until: null, count: firm.mailFails, href: '/staff/people?show=mail' } as const] : []),
  ]
}
