import type { MikroORM } from '@mikro-orm/postgresql'
import { emOf } from '../../tenancy/tenants.ts'
import { firstBadText, lastLineText } from './store.ts'

/** Runs one statement for one firm: `app.tenant` names it. */
export type FirmQuery = <T extends object>(sql: string) => Promise<T[]>

/** Statements in a firm's own rows, for who reads the logs of many firms. */
export const queriesOf =
  (orm: MikroORM) =>
  (tenantId: string): FirmQuery =>
  async <T extends object>(sql: string) =>
    emOf(orm, tenantId).execute<T[]>(sql)

/** Where a firm's log ends. */
export interface Head {
  seq: number
  hash: string
}

/**
 * Reads the firm's log from the first line.
 * @returns the number of the first line that was altered, removed or put in between; null when it is whole
 */
export async function firstBadLine(query: FirmQuery): Promise<number | null> {
  const [bad] = await query<{ seq: number }>(firstBadText)
  return bad?.seq ?? null
}

/** The last line; null when nothing was ever written. */
export async function headOf(query: FirmQuery): Promise<Head | null> {
  return (await query<Head>(lastLineText))[0] ?? null
}
