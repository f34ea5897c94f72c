import { view } from '../../../platform/views/view.ts'
import { mailFails } from '../../../identity/accounts/index.ts'
import { comingDay } from '../../../identity/requirements/index.ts'
import { textPart } from '../../../platform/db/text.ts'
import { widget } from '../../../tenancy/home-parts.ts'
import { sharedStuck } from './stuck.ts'

/** How far back messages that did not arrive are counted. */
const lately = 'P7D'

interface Row {
  active: number
  invited: number
  stuck: number
  mailFails: number
  mail: number
  sms: number
}

const failed = (kind: 'mail' | 'sms') => `select count(*) from outbox_message where kind = '${kind}' and failed_at > ?`

/** `texts`: the firm sends codes by SMS; `stricter`: from when more is asked, and until when it can be put off. */
interface Health extends Row {
  texts: boolean
  stricter: Record<'from' | 'until', Temporal.PlainDate | string> | null
}

/** How the firm is doing: how many are in, on their way and stuck, what does not arrive, and the day it asks more of everybody. */
export const health = widget<Row, Health>({
  name: 'health',
  view: view('staff/widget-health'),
  picture: 'badge-check',
  place: { admin: { in: 'side', order: 20 } },
  kinds: ['admin'],
  shared: sharedStuck,
  suits: ({ person }) => person.kind === 'admin',
  refreshes: true,
  asks: (context) =>
    textPart({
      sql: `select json_build_object(
      'active', (select count(*) from account where activated_at is not null and blocked_at is null),
      'invited', (select count(*) from account where activated_at is null and blocked_at is null),
      'stuck', coalesce((select total from stuck limit 1), 0), 'mailFails', (select count(*) from account a where ${mailFails}),
      'mail', (${failed('mail')}), 'sms', (${failed('sms')}))`,
      params: [context.ago(lately), context.ago(lately)],
    }),
  data: ({ services, tenant, today, policy }, row) => ({
    ...row,
    texts: policy.secondFactor.of.includes('sms'),
    stricter: comingDay(services, tenant, today),
  }),
})
