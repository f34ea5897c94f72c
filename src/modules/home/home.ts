import { sql } from 'kysely'
import { page, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import type { ShownWidget, Task } from '../../tenancy/home-parts.ts'
import { organisationName } from '../organisations/index.ts'
import { arrangement, shown, widgetsAt } from './arrangement.ts'
import { ask, type Asked } from './parts.ts'
import { todoView, type HomePage, type TodoPage } from './views.ts'
import { todo } from './widgets/todo.ts'

/** What the page itself asks: where they work. */
const own: Asked = {
  asks: ({ person }) => (person.organisationId === null ? null : organisationName(sql.val(person.organisationId))),
}

/** What the home page shows: who is here, since when, and all of their widgets, asked for in one statement. */
export async function home(context: PersonContext): Promise<HomePage> {
  const { main, side } = arrangement(context)
  const rows = await ask(context, {
    home: own,
    ...Object.fromEntries([...main, ...side].map((each) => [each.name, each])),
  })
  const organisation = (rows.home ?? null) as string | null
  const all = (some: typeof main) =>
    some.map((each) => shown(context, each, rows[each.name])).filter(({ nothing }) => !nothing)
  const has = [...main, ...side].find(({ name }) => name === todo.name)
  return {
    who: { name: context.person.name, organisation, role: roleOf(context) },
    since: context.person.previousSignInAt,
    main: all(main),
    widgets: all(side),
    ...(has && { todo: counted(shown(context, has, rows[has.name])) }),
  }
}

/** One widget by itself, from the very part the home page asks. @throws Refusal 404 where the firm has none of that name */
export async function widget(context: PersonContext, name: string): Promise<ShownWidget> {
  const found = widgetsAt(context).find((each) => each.name === name)
  if (!found) throw notFound()
  const rows = await ask(context, { [name]: found })
  return shown(context, found, rows[name])
}

const counted = (shownTodo: ShownWidget): number => (shownTodo as ShownWidget & { tasks: Task[] }).tasks.length

/** What waits as a page of its own, with its number for the header. */
export async function todoPage(context: PersonContext): Promise<Page> {
  const shownTodo = await widget(context, todo.name)
  return page(todoView, { ...(shownTodo as TodoPage), todo: counted(shownTodo) })
}

/** How many things wait for this person: the number beside *To do* in the header of a page that did not find out by itself. */
export async function waiting(context: PersonContext): Promise<number> {
  return counted(await widget(context, todo.name))
}

function roleOf({ policy, person, language }: PersonContext): string | null {
  return policy.roles.find((role) => role.name === person.role)?.label[language] ?? null
}
