import { composedKey, type Translate } from '../../platform/i18n/texts.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import type { ShownWidget, Widget } from '../../tenancy/home-parts.ts'
import { ofModules, type Of } from './parts.ts'
import { homePolicy } from './policy.ts'

/** Every widget this firm can have. */
export const widgetsAt = (context: Pick<PersonContext, 'services' | 'policy'>): readonly Of<Widget>[] =>
  ofModules(context, 'widgets')

/** The widgets somebody has: what the firm chose for their kind and says something to them, each once. */
export function arrangement(context: PersonContext): { main: Of<Widget>[]; side: Of<Widget>[] } {
  const { main, side } = context.policy.of(homePolicy)[context.person.kind]
  const all = new Map(widgetsAt(context).map((each) => [each.name, each]))
  const fitting = (names: string[]) =>
    [...new Set(names)].flatMap((name) => {
      const widget = all.get(name)
      return widget && (widget.suits?.(context) ?? true) ? [widget] : []
    })
  const inMain = fitting(main)
  return { main: inMain, side: fitting(side).filter((each) => !inMain.includes(each)) }
}

/** The names of the widgets the firm chose for somebody like this person. */
export function widgetsOf({ policy, person }: PersonContext): string[] {
  const { main, side } = policy.of(homePolicy)[person.kind]
  return [...main, ...side]
}

/** The frame of a widget, the same on the page and in the gallery. */
export const frame = (t: Translate, { name, picture, view, refreshes }: Widget): ShownWidget => ({
  name,
  picture,
  title: t(composedKey(`${view.name.replace('/', '.')}.title`)),
  view: view.name,
  refresh: refreshes ? `/home/widgets/${name}` : null,
})

/** The widget with what its part of the statement gave. */
export const shown = (context: PersonContext, widget: Of<Widget>, row: unknown): ShownWidget => ({
  ...widget.data(context, (row ?? null) as never), // what the widget asked is what it reads
  ...frame(context.t.bind(context), widget),
})
