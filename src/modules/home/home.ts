import type { WidgetName } from './policy.ts'
import { page, type Page } from '../../platform/http/answer.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { placesOf } from './places.ts'
import { shown, widgets, type ShownWidget, type WidgetData } from './registry.ts'
import { todoView, type HomePage } from './views.ts'
import { ask, moment, type Part } from './widget.ts'

interface Row {
  since: string | null
  organisation: string | null
}

const own = ({ person }: PersonContext): Part => ({
  sql: `select json_build_object('since', a.previous_sign_in_at, 'organisation', o.name) from account a
    left join organisation o on o.tenant_id = a.tenant_id and o.id = a.organisation_id where a.id = ?`,
  params: [person.id],
})

/** The widgets somebody has: what the firm chose for their kind and says something to them, each once. */
export function arrangement(context: PersonContext): { main: WidgetName[]; side: WidgetName[] } {
  const { main, side } = placesOf(context)
  const fitting = (names: WidgetName[]) => [...new Set(names)].filter((name) => widgets[name].suits?.(context) ?? true)
  return { main: fitting(main), side: fitting(side).filter((name) => !main.includes(name)) }
}

/** What the home page shows: who is here, since when, and all of their widgets, asked for in one statement. */
export async function home(context: PersonContext): Promise<HomePage> {
  const { main, side } = arrangement(context)
  const parts = [...main, ...side].map((name) => [name, widgets[name].part(context)] as const)
  const rows = await ask(context, { home: own(context), ...Object.fromEntries(parts) })
  const { since, organisation } = rows.home as Row
  const all = (names: WidgetName[]) =>
    names.map((name) => shown(context, name, rows[name])).filter(({ nothing }) => !nothing)
  return {
    who: { name: context.person.name, organisation, role: roleOf(context) },
    since: moment(since),
    main: all(main),
    widgets: all(side),
    ...([...main, ...side].includes('todo') && { todo: counted(shown(context, 'todo', rows.todo)) }),
  }
}

/** One widget by itself, from the very part the home page asks. */
export async function widget<Name extends WidgetName>(
  context: PersonContext,
  name: Name,
): Promise<ShownWidget & WidgetData[Name]> {
  const rows = await ask(context, { [name]: widgets[name].part(context) })
  return shown(context, name, rows[name])
}

const counted = ({ tasks }: WidgetData['todo']): number => tasks.length

/** What waits as a page of its own, with its number for the header. */
export async function todoPage(context: PersonContext): Promise<Page> {
  const shown = await widget(context, 'todo')
  return page(todoView, { ...shown, todo: counted(shown) })
}

/** How many things wait for this person: the number beside *To do* in the header of a page that did not find out by itself. */
export async function waiting(context: PersonContext): Promise<number> {
  return counted(await widget(context, 'todo'))
}

function roleOf({ policy, person, language }: PersonContext): string | null {
  return policy.roles.find((role) => role.name === person.role)?.label[language] ?? null
}
