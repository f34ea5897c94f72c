import type { View } from '../platform/views/view.ts'
import type { PersonContext } from './context.ts'
import type { Permission } from './permission.ts'

/**
 * Where a section stands: `person` is the page the firm's people have of somebody, `profile` one's own *My details*.
 */
export type SectionPlace = 'person' | 'profile'

/** What a section gets of the page, beside what it shows. */
export interface ShownSection {
  /** Among the rows of the page itself, which have numbers too. */
  order: number
  view: string
}

/** Something that a module shows of somebody on a page that is another module's: a row of its list of facts. */
export interface Section {
  /** Once per place. */
  name: string
  place: SectionPlace
  order: number
  /** Who may see it; whoever may see the page, unless said. */
  permission?: Permission
  /** `<module>/section-<name>`, filled with what `data` gives; it shows a `summaryRow`. */
  view: View<never>
  /** What it shows of this account; null: there is nothing to show. That the page may be seen was judged before. */
  data(context: PersonContext, accountId: string): Promise<object | null>
  /** Something invented to show in the gallery, at the moment it is looked at. */
  sample(at: Date): object
}

/** Declares a section whose view is filled with `Data`. */
export const section = <Data extends object>(
  declared: Omit<Section, 'view' | 'data' | 'sample'> & {
    view: View<Data>
    data(context: PersonContext, accountId: string): Promise<Data | null>
    sample(at: Date): Data
  },
): Section => ({ ...declared, view: { name: declared.view.name } })

/** A section as a page shows it. */
export const shownSection = ({ order, view }: Section, data: object): ShownSection => ({
  ...data,
  order,
  view: view.name,
})
