import { allow } from '../../../identity/permissions/index.ts'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import {
  activePeople,
  expectedPeople,
  howMany,
  unreachablePeople,
  watchFirm,
} from '../../../identity/accounts/index.ts'
import { comingDay } from '../../../identity/requirements/index.ts'
import { sendsCodesAs } from '../../../tenancy/factors.ts'
import { view } from '../../../platform/views/view.ts'
import type { PersonContext } from '../../../tenancy/context.ts'
import { sharedRows, widget, type Answered } from '../../../tenancy/home-parts.ts'
import { countFailed } from '../../../tenancy/outbox-store.ts'
import type { PersonRow } from '../person.ts'
import { sharedStuck } from './stuck.ts'

/** How far back messages that did not arrive are counted. */
const lately = 'P7D'

const asks = (context: PersonContext) =>
  jsonBuildObject({
    active: howMany(activePeople),
    invited: howMany(expectedPeople),
    stuck: sharedRows<PersonRow>('stuck').select('total').limit(1).$asScalar(),
    mailFails: howMany(unreachablePeople),
    mail: countFailed('mail', context.ago(lately)),
    sms: countFailed('sms', context.ago(lately)),
  })

/** `texts`: the firm sends codes by SMS; `stricter`: from when more is asked, and until when it can be put off. */
interface Health extends Answered<typeof asks> {
  texts: boolean
  stricter: Record<'from' | 'until', Temporal.PlainDate | string> | null
}

/**
 * How the firm is doing: how many are in, on their way and stuck, what does not arrive, and the day it asks more of
 * everybody.
 */
export const health = widget<Answered<typeof asks>, Health>({
  name: 'health',
  view: view('staff/widget-health'),
  picture: 'badge-check',
  place: { admin: { in: 'side', order: 20 } },
  kinds: ['admin'],
  shared: sharedStuck,
  suits: (context) => allow(context, watchFirm),
  refreshes: true,
  asks,
  data: ({ services, tenant, today, policy }, row) => ({
    ...row,
    // Nobody is stuck where there is no row that says of how many it is one.
    stuck: row.stuck ?? 0,
    texts: sendsCodesAs(services.modules.factors, policy, 'sms'),
    stricter: comingDay(services, tenant, today),
  }),
})
