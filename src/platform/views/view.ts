import type { PlainKey } from '../i18n/texts.ts'

declare const filled: unique symbol

/** A view by its name ("sign-in/code"), and by its type what it is filled with. Declared once, beside the pages of its module. */
export interface View<Data extends object = object> {
  readonly name: string
  readonly [filled]?: (data: Data) => void
}

/** A view that is filled with nothing of its own. */
export interface Nothing {
  nothing?: never
}

/** What any page may say beside what its view is filled with. */
export interface Beside {
  /** What was typed, by field, so that it is there again. */
  values?: Record<string, string>
  /** Key of another title than `<view>.title`. */
  titleKey?: PlainKey
  /** Words on top of the page; `info` is no good news. */
  notice?: string
  noticeKind?: 'info'
}

const declared = new Set<string>()

/**
 * Declares a view and what it is filled with: `const codeView = view<SignInCode>('sign-in/code')`. Names that may be
 * missing are null, not left out: a view that reads what nobody gave prints "undefined".
 */
export function view<Data extends object = Nothing>(name: string): View<Data> {
  declared.add(name)
  return { name }
}

/** The names of all views that were declared by the modules read so far. */
export const declaredViews = (): string[] => [...declared].sort()
