import type { FieldErrors, Page } from '../platform/http/answer.ts'
import type { Translate } from '../platform/i18n/texts.ts'
import type { Beside, View } from '../platform/views/view.ts'
import type { Modules } from './compose.ts'
import type { Language } from './policy.ts'
import { shownSection, type SectionPlace, type ShownSection } from './section.ts'
import type { Tenant } from './tenants.ts'

/** For whom a sample page is made: the firm of the address (none at the installation's own), and the moment it is looked at. */
export interface SampleContext {
  tenant: Tenant | null
  language: Language
  t: Translate
  at: Date
  /** What this portal is made of. */
  modules: Modules
}

/** One state of a page, with everything its view is filled with; invented, and never from the database. */
export interface Sample<Data extends object = object> {
  data: (Data & Beside) | ((context: SampleContext) => Data & Beside)
  /** Text keys by field, as `again()` takes them; what was typed goes in `data.values`. */
  errors?: FieldErrors
  /** `entry` unless said; with `portal` somebody is shown as signed in. */
  layout?: NonNullable<Page['layout']>
}

/** Every page of a module in every state, for the gallery: view (its name inside the module, "code") → state ("wrong") → sample. */
export type Samples = Record<string, Record<string, Sample>>

/** A view in these states, by name; the data is of the type the view was declared with. */
export const states = <Data extends object>(
  view: View<Data>,
  shown: Record<string, Sample<NoInfer<Data>>>,
): Samples => ({
  [view.name.slice(view.name.indexOf('/') + 1)]: shown,
})

/** What all modules show of somebody in this place, as each says it looks. */
export const sampleSections = (
  { modules, at }: Pick<SampleContext, 'modules' | 'at'>,
  place: SectionPlace,
): ShownSection[] =>
  modules.all
    .flatMap(({ sections = [] }) => sections)
    .filter((each) => each.place === place)
    .map((each) => shownSection(each, each.sample(at)))
