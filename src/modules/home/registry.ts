import { view, type View } from '../../platform/views/view.ts'
import { widgetNames, type WidgetName } from './policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import type { Widget } from './widget.ts'
import { activity } from './widgets/activity.ts'
import { health } from './widgets/health.ts'
import { information } from './widgets/information.ts'
import { mine } from './widgets/mine.ts'
import { people } from './widgets/people.ts'
import { security } from './widgets/security.ts'
import { stuck } from './widgets/stuck.ts'
import { todo } from './widgets/todo.ts'

/** Every widget there is. */
export const widgets = {
  activity,
  health,
  information,
  mine,
  people,
  security,
  stuck,
  todo,
} satisfies Record<WidgetName, Widget>

/** What the view of each widget is filled with, beside its frame. */
export type WidgetData = { [Name in WidgetName]: ReturnType<(typeof widgets)[Name]['data']> }

/** A widget as pages show it: its frame, its view, where it fetches itself again, and what the view needs. `nothing`: it may be left out. */
export interface ShownWidget {
  name: WidgetName
  title: string
  picture: string
  view: string
  refresh: string | null
  nothing?: boolean
}

/** The frame of a widget, the same on the page and in the gallery. */
export const frame = (t: (key: string) => string, name: WidgetName): ShownWidget => ({
  name,
  picture: widgets[name].picture,
  title: t(`home.widget-${name}.title`),
  view: `home/widget-${name}`,
  refresh: widgets[name].refreshes ? `/home/widgets/${name}` : null,
})

/** The widget with what its part of the statement gave. */
export function shown<Name extends WidgetName>(
  context: PersonContext,
  name: Name,
  row: unknown,
): ShownWidget & WidgetData[Name] {
  const data = widgets[name].data(context, row as never) as WidgetData[Name]
  return { ...data, ...frame(context.t.bind(context), name) }
}

const viewOf = (name: WidgetName) => [name, view<ShownWidget>(`home/widget-${name}`)] as const
/** The views of all widgets; what each is filled with beside its frame says `WidgetData`. */
export const widgetViews = Object.fromEntries(Object.values(widgetNames).map(viewOf)) as Record<
  WidgetName,
  View<ShownWidget>
>
