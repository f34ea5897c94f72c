import type { OwnRow } from '../own-row.ts'

/** The row of the code on paper. */
export const backupRow = (made: Date | null): OwnRow => ({
  words: 'backupCode',
  picture: 'file-text',
  value: made ? { key: 'made', params: {}, date: made } : null,
  act: made ? 'makeNew' : 'make',
  href: '/profile/backup-code',
})
