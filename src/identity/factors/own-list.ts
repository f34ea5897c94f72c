import type { PlainKey } from '../../platform/i18n/texts.ts'
import type { AuditAction } from '../../tenancy/audit-action.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import type { Notice } from '../../tenancy/notice.ts'

/** A line about one of somebody's own: a text of the list, with the moment it speaks of, to the day or to the minute. */
export interface OwnLine {
  key: string
  date: Date | null
  dateTime: Date | null
}

/** One of somebody's own, as the list shows it. */
export interface OwnItem {
  id: string
  name: string
  lines: OwnLine[]
  /** Short words on it: whole keys of texts. */
  tags: { key: PlainKey; tone: 'green' | 'grey' }[]
  /** A page about it elsewhere. */
  open: string | null
  /** Since when it is there. */
  since: Date
  /** Whether it can be given now; what sleeps is there and cannot. */
  works: boolean
}

/** A way to add one: a page, or a press of a button. */
export interface OwnAdd {
  key: string
  href: string | null
  action: string | null
}

/**
 * Where somebody can have several of one factor: the pages of "Mijn gegevens" that list, rename and remove them, as data.
 * Texts are `profile.<list>.…`, `profile.<one>-name.…`, `profile.<one>-remove.…` and `profile.done.<one>…`.
 */
export interface OwnList {
  /** The address below the profile, and the words of the list. */
  list: string
  one: string
  /** What stands before an item's id in the page. */
  anchor: string
  picture: string
  /** The picture of its row in the overview, where that is another one. */
  rowPicture?: string
  /** The most one person may have. */
  most: number
  /** What stands in the log. */
  actions: Record<'renamed' | 'removed', AuditAction<never>>
  noticeWhenRemoved: Notice
  /** What can be done to one of them beside renaming and removing it, as long as the firm offers the factor. */
  acts: readonly string[]
  items(context: PersonContext): Promise<OwnItem[]>
  adds(items: OwnItem[]): OwnAdd[]
  /** What the gallery shows: of as many things as stand here. */
  sample(at: Date): Pick<OwnItem, 'lines' | 'tags' | 'open' | 'works'>[]
}

export const dated = (key: string, date: Date): OwnLine => ({ key, date, dateTime: null })
export const timed = (key: string, dateTime: Date): OwnLine => ({ key, date: null, dateTime })
export const plain = (key: string): OwnLine => ({ key, date: null, dateTime: null })
