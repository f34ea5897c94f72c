import { view } from '../../platform/views/view.ts'
import type { Tabs } from './tabs.ts'
import type { ShownWidget, WidgetData } from './registry.ts'

/** `todo`: how many things wait, for the header, where the page has found out. */
export interface HomePage {
  who: { name: string; organisation: string | null; role: string | null }
  since: Date | null
  main: ShownWidget[]
  widgets: ShownWidget[]
  todo?: number
}
export const homeView = view<HomePage>('home/home')
export const todoView = view<ShownWidget & WidgetData['todo'] & { todo: number | null }>('home/todo')
/** The menu as a page shows what the header has; the header brings it. */
export const menuView = view<{ tabs?: Tabs; todo?: number | null }>('home/menu')
