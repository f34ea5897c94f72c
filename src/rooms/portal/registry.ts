import type { WidgetName } from '../../tenancy/policy.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import type { Widget } from './widget.ts'
import { activity } from './widgets/activity.ts'
import { information } from './widgets/information.ts'
import { mine } from './widgets/mine.ts'
import { security } from './widgets/security.ts'
import { todo } from './widgets/todo.ts'

/** Every widget there is. */
export const widgets: Record<WidgetName, Widget> = { activity, mine, security, todo, information }

/** A widget as pages show it: its frame, its view, and what the view needs. */
export interface ShownWidget { name: WidgetName; title: string; picture: string; view: string }

/** The widget with what its part of the statement gave. */
export function shown(visit: PersonVisit, name: WidgetName, row: unknown): ShownWidget {
  const { picture, data } = widgets[name]
  return { ...data(visit, row as never), name, picture, title: visit.t(`portal.widget-${name}.title`), view: `portal/widget-${name}` }
}
