import { view } from '../../platform/views/view.ts'
import type { Tabs } from './tabs.ts'
import type { ShownWidget, Task } from '../../tenancy/home-parts.ts'

/** `todo`: how many things wait, for the header, where the page has found out. */
export interface HomePage {
  who: { name: string; organisation: string | null; role: string | null }
  since: Date | null
  main: ShownWidget[]
  widgets: ShownWidget[]
  todo?: number
}
export const homeView = view<HomePage>('home/home')
export interface TodoPage extends ShownWidget {
  staff: boolean
  tasks: Task[]
  todo: number | null
}
export const todoView = view<TodoPage>('home/todo')
/** The menu as a page shows what the header has; the header brings it. */
export const menuView = view<{ tabs?: Tabs; todo?: number | null }>('home/menu')
