import type { PersonContext } from '../../../tenancy/context.ts'
import { usable } from '../../../identity/factors/index.ts'
import { isAsked, missing } from '../../../identity/requirements/index.ts'
import { lacksFactor, secondStepPart, type SecondStep } from '../second-step.ts'
import { firmPart, firmTasks, type FirmRow } from '../firm-tasks.ts'
import { moment, type Part, type Widget } from '../widget.ts'

/**
 * Something to do: its words are `home.todo.<key>`. `until` is the day from which it is obligatory, `at` the moment it
 * hangs on, `name` whom it is about. `href`: where it is done; null where nothing can be done here, left out where the
 * button begins a walk.
 */
export interface Task {
  key:
    | 'stricter'
    | 'secondStep'
    | 'strongerStep'
    | 'finish'
    | 'mailFails'
    | 'release'
    | 'requests'
    | 'expiring'
    | 'moreExpiring'
    | 'bouncing'
    | 'smsUsedUp'
  until: string | null
  at?: Date | null
  href?: string | null
  count?: number
  name?: string
}

/** What is really open. That a second step is missing says more than that a walk is not finished; who has only a mailed code can do better. */
export function tasksOf(context: Pick<PersonContext, 'choices' | 'services' | 'person'>, has: SecondStep): Task[] {
  const policy = context.choices
  const key = usable(policy, has.factors).length ? 'strongerStep' : 'secondStep'
  if (lacksFactor(context, has)) return [{ key, until: policy.existing.from ?? null }]
  return has.open ? [{ key: 'finish', until: null, at: moment(has.openedAt) }] : []
}

/** What the firm asks by now and was put off, with the day from which nothing else opens. */
function askedOf({ services, tenant, today }: PersonContext, { open, standing }: SecondStep): Task[] {
  const lacked = open === 'activation' ? null : missing(services, tenant, standing)
  return lacked && isAsked(lacked, today) ? [{ key: 'stricter', until: lacked.until.toString() }] : []
}

/** Mail to somebody comes back: they are asked to look at their address. */
const mailTask = (since: string | null): Task[] =>
  since ? [{ key: 'mailFails', until: null, at: moment(since), href: '/profile/email' }] : []

interface Row {
  own: SecondStep
  mailFails: string | null
  firm: FirmRow | null
}

function part(context: PersonContext): Part {
  const [own, firm] = [secondStepPart(context), firmPart(context)]
  return {
    sql: `select json_build_object('own', (${own.sql}), 'mailFails', (select mail_failed_at from account where id = ?), 'firm', (${firm.sql}))`,
    params: [...own.params, context.person.id, ...firm.params],
  }
}

interface Todo {
  staff: boolean
  tasks: Task[]
}

/** What waits for this person, each with its date and leading to the exact place. */
export const todo: Widget<Row, Todo> = {
  picture: 'list-todo',
  refreshes: true,
  part,
  data(context, { own, mailFails, firm }) {
    const asked = askedOf(context, own)
    return {
      staff: context.person.kind !== 'client',
      tasks: [...mailTask(mailFails), ...(asked.length ? asked : tasksOf(context, own)), ...firmTasks(firm)],
    }
  },
}
