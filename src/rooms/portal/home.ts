import type { WidgetName } from '../../tenancy/policy.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { mayInvite } from '../accounts/index.ts'
import { shown, widgets, type ShownWidget } from './registry.ts'
import { ask, moment, type Part } from './widget.ts'

interface Row { since: string | null; organisation: string | null }

const own = ({ person }: PersonVisit): Part => ({
  sql: `select json_build_object('since', a.previous_sign_in_at, 'organisation', o.name) from account a
    left join organisation o on o.tenant_id = a.tenant_id and o.id = a.organisation_id where a.id = ?`,
  params: [person.id],
})

/** What the home page shows: who is here, since when, and all of the firm's widgets, asked for in one statement. */
export async function home(visit: PersonVisit): Promise<object> {
  const { main, side } = visit.policy.home
  const names = [...new Set([...main, ...side])]
  const rows = await ask(visit, { home: own(visit), ...Object.fromEntries(names.map((name) => [name, widgets[name].part(visit)])) })
  const { since, organisation } = rows.home as Row
  const all = (placed: WidgetName[]) => placed.map((name) => shown(visit, name, rows[name]))
  return {
    who: { name: visit.person.name, email: visit.person.email, username: visit.person.username, organisation, role: roleOf(visit) },
    since: moment(since), mayInvite: mayInvite(visit), main: all(main), widgets: all(side),
  }
}

/** One widget by itself, from the very part the home page asks. */
export async function widget(visit: PersonVisit, name: WidgetName): Promise<ShownWidget> {
  const rows = await ask(visit, { [name]: widgets[name].part(visit) })
  return shown(visit, name, rows[name])
}

/** How many things wait for this person: the number beside *To do* in the header. */
export async function waiting(visit: PersonVisit): Promise<number> {
  return (await widget(visit, 'todo') as ShownWidget & { tasks: unknown[] }).tasks.length
}

function roleOf({ policy, person, language }: PersonVisit): string | null {
  return policy.roles.find((role) => role.name === person.role)?.label[language] ?? null
}
