import type { OwnList } from './own-list.ts'

/**
 * One factor's row in "Mijn gegevens". Texts are `profile.overview.<words>` and, as long as there is none,
 * `profile.overview.why.<words>`.
 */
export interface OwnRow {
  words: string
  picture: string
  /** What there is: the text `profile.overview.<key>`; null when there is none. */
  value: { key: string; params: Record<string, string | number>; date: Date | null } | null
  /** The text on the link, `profile.<act>`, and where it leads. */
  act: 'look' | 'setUp' | 'change' | 'remove' | 'make' | 'makeNew'
  href: string
}

/**
 * What a row may say: whether the firm lets people have it, whether something strong is there beside it, and since when
 * the newest is.
 */
export interface RowFacts {
  offers: boolean
  strong: boolean
  newest: Date | null
}

/** The row of what somebody can have several of. */
export const listRow = (
  { list, one, picture, rowPicture = picture }: Pick<OwnList, 'list' | 'one' | 'picture' | 'rowPicture'>,
  count: number,
  newest: Date | null,
): OwnRow => ({
  words: list,
  picture: rowPicture,
  value: count ? { key: `${one}Count`, params: { count }, date: newest } : null,
  act: count ? 'look' : 'setUp',
  href: `/profile/${list}`,
})
