import type { Context } from '../../tenancy/context.ts'

/** A line of the log as the person it is about may read it. */
export interface LineAbout {
  at: Date
  actor: string | null
  action: string
  outcome: 'ok' | 'refused'
  network: string | null
  browser: string | null
  /** The facts it tells. */
  detail: Record<string, string>
}

/** The lines about somebody, newest first. */
export async function linesAbout(
  context: Context,
  subject: string,
  { offset, most }: { offset: number; most: number },
): Promise<LineAbout[]> {
  const rows = await context.query<Omit<LineAbout, 'at'> & { at: string }>(
    `select at, actor, action, outcome, network, browser, detail from audit_line where subject = ? order by seq desc limit ? offset ?`,
    [subject, most, offset],
  )
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}
