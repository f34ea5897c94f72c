import { isOwnPeople } from '../../../tenancy/person.ts'
import { view } from '../../../platform/views/view.ts'
import { widget, type Task } from '../../../tenancy/home-parts.ts'
import { ofModules } from '../parts.ts'
import { composed, sharedOf } from './composed.ts'

interface Todo {
  /** Who looks is of the firm itself. */
  staff: boolean
  tasks: Task[]
}

/** What waits for this person, each with its date and leading to the exact place: the tasks of all modules. */
export const todo = widget<Record<string, unknown> | null, Todo>({
  name: 'todo',
  view: view('home/widget-todo'),
  picture: 'list-todo',
  place: {
    client: { in: 'main', order: 10 },
    staff: { in: 'main', order: 10 },
    admin: { in: 'main', order: 10 },
  },
  refreshes: true,
  asks: (context) => composed(context, ofModules(context, 'tasks')),
  shared: (context) => sharedOf(context, ofModules(context, 'tasks')),
  data: (context, rows) => ({
    staff: isOwnPeople(context.person),
    tasks: ofModules(context, 'tasks')
      .toSorted((a, b) => a.order - b.order)
      .flatMap((source) => source.tasks(context, (rows?.[source.name] ?? null) as never)), // what the source asked
  }),
})
