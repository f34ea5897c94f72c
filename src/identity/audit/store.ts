import { sql, type Insertable } from 'kysely'
import { compiled } from '../../platform/db/compiled.ts'
import { tables, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { AuditLine } from './line.ts'

const db = tables(AuditLine)
type Row = TablesOf<typeof db>['audit_line']

/** PostgreSQL fills these in, whatever is given: the number, and what chains the line to the one before. */
const filledIn = { seq: 0, prev_hash: '', hash: '' }

/** Adds a line, in the caller's transaction; PostgreSQL lets the lines of one firm wait for each other. */
export async function insertLine(
  context: Context,
  line: Omit<Insertable<Row>, 'tenant_id' | 'at' | keyof typeof filledIn>,
): Promise<void> {
  await db(context)
    .insertInto('audit_line')
    .values({ tenant_id: context.tenant.id, at: context.at, ...line, ...filledIn })
    .execute()
}

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
export const linesAbout = (
  context: Context,
  subject: string,
  { offset, most }: { offset: number; most: number },
): Promise<LineAbout[]> =>
  db(context)
    .selectFrom('audit_line')
    .select(['at', 'actor', 'action', 'outcome', 'network', 'browser', 'detail'])
    .where('subject', '=', subject)
    .orderBy('seq', 'desc')
    .limit(most)
    .offset(offset)
    .execute()

/** What follows is asked of a firm's whole log, also on connections that see every firm's. */
const { fragment: eb } = db
const firm = eb.cast<string>(eb.fn('current_setting', [sql.lit('app.tenant')]), 'uuid')

/** The number of the first line that is not as it was written: altered, removed, or put in between. */
export const firstBadText = compiled(
  eb
    .selectFrom(
      eb
        .selectFrom('audit_line')
        .select((each) => [
          'seq',
          'hash',
          'prev_hash',
          // The function takes the row itself: the table's name stands for it.
          each.fn<string>('audit_hash', [sql.ref('audit_line')]).as('should'),
          each.fn
            .agg<string>('lag', ['hash', each.lit(1), sql.lit('')])
            .over((over) => over.orderBy('seq'))
            .as('before'),
          each.fn
            .agg<number>('row_number')
            .over((over) => over.orderBy('seq'))
            .as('place'),
        ])
        .where('audit_line.tenant_id', '=', firm)
        .as('checked'),
    )
    .select('checked.seq')
    .where((each) =>
      each.or([
        each('checked.hash', '<>', each.ref('checked.should')),
        each('checked.prev_hash', '<>', each.ref('checked.before')),
        each('checked.seq', '<>', each.ref('checked.place')),
      ]),
    )
    .orderBy('checked.seq')
    .limit(eb.lit(1)),
)

/** The number and hash of the last line. */
export const lastLineText = compiled(
  eb
    .selectFrom('audit_line')
    .select(['audit_line.seq', 'audit_line.hash'])
    .where('audit_line.tenant_id', '=', firm)
    .orderBy('audit_line.seq', 'desc')
    .limit(eb.lit(1)),
)

/** The hashes of these lines, as far as they are there. */
export const hashesText = (numbers: readonly number[]): string =>
  compiled(
    eb
      .selectFrom('audit_line')
      .select(['audit_line.seq', 'audit_line.hash'])
      .where('audit_line.tenant_id', '=', firm)
      .where((each) =>
        each(
          'audit_line.seq',
          'in',
          numbers.map((seq) => each.lit(seq)),
        ),
      ),
  )
