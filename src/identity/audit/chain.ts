import { firstBadText, lastLineText } from './store.ts'

/** Runs one statement for one firm: `app.tenant` names it. */
export type FirmQuery = <T extends object>(sql: string) => Promise<T[]>

/** Where a firm's log ends. */
export interface Head {
  seq: number
  hash: string
}

/** Walks the firm's log from the first line. @returns the number of the first line that was altered, removed or put in between; null when it is whole */
export async function firstBadLine(query: FirmQuery): Promise<number | null> {
  const [bad] = await query<{ seq: number }>(firstBadText)
  return bad?.seq ?? null
}

/** The last line; null when nothing was ever written. */
export async function headOf(query: FirmQuery): Promise<Head | null> {
  return (await query<Head>(lastLineText))[0] ?? null
}
