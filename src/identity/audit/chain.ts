/** Runs one statement for one firm: `app.tenant` names it. */
export type FirmQuery = <T extends object>(sql: string) => Promise<T[]>

/** Where a firm's log ends. */
export interface Head {
  seq: number
  hash: string
}

const mine = `tenant_id = current_setting('app.tenant')::uuid`

/** Walks the firm's log from the first line. @returns the number of the first line that was altered, removed or put in between; null when it is whole */
export async function firstBadLine(query: FirmQuery): Promise<number | null> {
  const [bad] = await query<{ seq: number }>(
    `select seq from (select l.seq, l.hash, audit_hash(l) as should, l.prev_hash, lag(l.hash, 1, '') over (order by l.seq) as before,
       row_number() over (order by l.seq) as place from audit_line l where ${mine}) checked
     where hash <> should or prev_hash <> before or seq <> place order by seq limit 1`,
  )
  return bad?.seq ?? null
}

/** The last line; null when nothing was ever written. */
export async function headOf(query: FirmQuery): Promise<Head | null> {
  return (await query<Head>(`select seq, hash from audit_line where ${mine} order by seq desc limit 1`))[0] ?? null
}
