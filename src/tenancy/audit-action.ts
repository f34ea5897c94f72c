import type { TextKey } from '../platform/i18n/texts.ts'
import { declarations } from './declared.ts'

/**
 * Something that is written in the firm's log, as its module declares it, once, and lists it in its `module.ts`. The
 * name is stored and never changes. `Always` and `Sometimes` are the facts a line tells beside who and when.
 */
export interface AuditAction<Always extends string = string, Sometimes extends string = string> {
  readonly name: string
  /** What a line of it is about: the account of a person, or nobody's. */
  readonly about: 'person' | 'firm'
  readonly always: readonly Always[]
  readonly sometimes: readonly Sometimes[]
  /** People do it all the time, and know: it is told as news only when it failed. */
  readonly everyDay: boolean
  /**
   * The words people read for it: `<folder of views>.activity.<name>`, which may name its facts. Null where nobody
   * reads it.
   */
  readonly text: string | null
}

interface Facts<Always, Sometimes> {
  always?: readonly Always[]
  sometimes?: readonly Sometimes[]
}

const known = declarations<AuditAction>()

/**
 * An action whose lines are about a person.
 * @param name as it stands in the log
 * @param folder the folder of views that has its words
 */
export function auditAction<
  const Name extends string,
  const Folder extends string,
  const Always extends string = never,
  const Sometimes extends string = never,
>(
  name: Name,
  folder: `${Folder}.activity.${Name}` extends TextKey ? Folder : never,
  { always = [], sometimes = [], everyDay = false }: Facts<Always, Sometimes> & { everyDay?: boolean } = {},
): AuditAction<Always, Sometimes> {
  return known.declare({ name, about: 'person', always, sometimes, everyDay, text: `${folder}.activity.${name}` })
}

/** One whose lines are about the firm as a whole; nobody reads them as news of their own. */
export function firmAction<const Always extends string = never, const Sometimes extends string = never>(
  name: string,
  { always = [], sometimes = [] }: Facts<Always, Sometimes> = {},
): AuditAction<Always, Sometimes> {
  return known.declare({ name, about: 'firm', always, sometimes, everyDay: false, text: null })
}

export const unlistedActions = known.unlisted
