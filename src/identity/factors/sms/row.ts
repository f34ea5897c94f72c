import type { OwnRow } from '../own-row.ts'

/** The row of the number somebody gets codes on. @param offers where the firm sends none any more it can only go */
export const phoneRow = (lastTwo: string | null, offers: boolean): OwnRow => ({
  words: 'phone',
  picture: 'phone',
  value: lastTwo ? { key: 'number', params: { lastTwo }, date: null } : null,
  act: offers ? (lastTwo ? 'change' : 'setUp') : 'remove',
  href: offers ? '/profile/phone' : '/profile/phone/remove',
})
