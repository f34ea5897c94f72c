import { sql, type AliasableExpression, type Expression } from 'kysely'
import type { Tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'

/** How a factor's own table says when a row of it came and went. */
export interface Lifetime<Column extends string = string> {
  /** The moment from which it can be used. */
  came: Column
  /** When it was taken away; null as long as it is there. */
  went: Column
  /** When it was used up; left out where it can be used again and again. What was used is used: it comes and goes no more. */
  used?: Column
  /** What is forgotten for good when it goes. */
  forgets?: Column
  /** What its owner calls it; left out where there is one at most. */
  called?: Column
}

/** What went and came back when a factor was put back as it was. */
export interface Restored {
  away: boolean
  back: boolean
}

/**
 * What people have set up of one factor, as rows of its own table: what every factor is asked, said once. Each is a
 * fragment for a statement on accounts, or a change in the caller's transaction.
 */
export interface Enrolments {
  table: string
  /** Whether there is one to be used; with `hadAt` one that was there by then. */
  exist(account: Expression<string>, hadAt?: Date): AliasableExpression<boolean>
  /** Whether one was used up and nothing has taken its place; null where it can be used again and again. */
  spent(account: Expression<string>): AliasableExpression<boolean> | null
  /** Whether there was one just before this moment, whatever became of it; with null: whether there is one now. */
  existedAt(account: Expression<string>, moment: Date | null): AliasableExpression<boolean>
  /** Their ids as one text, null when there is none: another one, or one less, is another text. */
  ids(account: Expression<string>): Expression<string | null>
  /** How many there are, and when the newest came; as in JSON. */
  count(account: Expression<string>): AliasableExpression<number>
  newest(account: Expression<string>): AliasableExpression<Date | null>
  /** Takes them away, or one of them. @returns the ids of those that went */
  remove(context: Context, accountId: string, id?: string): Promise<string[]>
  /** Calls one of them something else. @returns whether it is one of theirs, and still there */
  rename(context: Context, accountId: string, id: string, name: string): Promise<boolean>
  /** Back to what was there just before a moment: what came in it or later goes, then what went in it or later comes back. */
  restore(context: Context, accountId: string, moment: Date): Promise<Restored>
}

/** As far as these statements look, every factor's table is the same: the columns are checked where a lifetime is said. */
type Row = { id: string; account_id: string } & Record<string, Date | string | null>
type AnyTable = Record<string, Row>

/** @param db the statements of the factor's store. @param table the factor's own */
export const enrolments = <DB, T extends keyof DB & string>(
  db: Tables<DB>,
  table: T,
  lifetime: Lifetime<keyof DB[T] & string>,
): Enrolments =>
  // Kysely knows a column by the type of its table; here the table is any, and the call above checked the columns.
  new OwnTable(db as unknown as Tables<AnyTable>, table, lifetime)

class OwnTable implements Enrolments {
  readonly table: string
  private readonly db: Tables<AnyTable>
  private readonly lifetime: Lifetime
  constructor(db: Tables<AnyTable>, table: string, lifetime: Lifetime) {
    this.table = table
    this.db = db
    this.lifetime = lifetime
  }

  private column = <C extends string>(name: C) => `${this.table}.${name}` as const

  private rows(account: Expression<string>) {
    return this.db.fragment.selectFrom(this.table).where(this.column('account_id'), '=', account)
  }

  private living(account: Expression<string>) {
    const { went, used } = this.lifetime
    return this.rows(account)
      .where(this.column(went), 'is', null)
      .$if(used !== undefined, (query) => query.where(this.column(used ?? went), 'is', null))
  }

  private some = (rows: Expression<unknown>) => this.db.fragment.exists(rows) as AliasableExpression<boolean>

  exist(account: Expression<string>, hadAt?: Date) {
    const living = this.living(account).select(this.column('id'))
    return this.some(hadAt ? living.where(this.column(this.lifetime.came), '<=', hadAt) : living)
  }

  spent(account: Expression<string>) {
    const { used } = this.lifetime
    if (!used) return null
    const spent = this.rows(account).select(this.column('id')).where(this.column(used), 'is not', null)
    return this.db.fragment.and([
      this.some(spent),
      this.db.fragment.not(this.exist(account)),
    ]) as AliasableExpression<boolean>
  }

  existedAt(account: Expression<string>, moment: Date | null) {
    const rows = this.rows(account).select(this.column('id'))
    const went = this.column(this.lifetime.went)
    if (!moment) return this.some(rows.where(went, 'is', null))
    return this.some(
      rows
        .where(this.column(this.lifetime.came), '<', moment)
        .where((eb) => eb.or([eb(went, 'is', null), eb(went, '>=', moment)])),
    )
  }

  ids(account: Expression<string>) {
    // Kysely's string_agg takes no order within.
    const id = sql.ref(this.column('id'))
    return this.living(account)
      .select(sql<string | null>`string_agg(${id}::text, ',' order by ${id})`.as('ids'))
      .$asScalar()
  }

  count(account: Expression<string>) {
    return this.living(account)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .$asScalar()
  }

  newest(account: Expression<string>) {
    const came = this.column(this.lifetime.came)
    return this.living(account)
      .select(({ fn }) => fn.max<Date | null>(came).as('newest'))
      .$asScalar()
  }

  async remove(context: Context, accountId: string, id?: string) {
    const { went, used, forgets } = this.lifetime
    return this.db(context)
      .updateTable(this.table)
      .set({ [went]: context.at, ...(forgets && { [forgets]: null }) })
      .where('account_id', '=', accountId)
      .where(went, 'is', null)
      .$if(used !== undefined, (query) => query.where(used ?? went, 'is', null))
      .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
      .returning('id')
      .execute()
      .then((rows) => rows.map((row) => row.id))
  }

  async rename(context: Context, accountId: string, id: string, name: string) {
    const { went, called } = this.lifetime
    if (!called) return false
    const row = await this.db(context)
      .updateTable(this.table)
      .set({ [called]: name })
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where(went, 'is', null)
      .returning('id')
      .executeTakeFirst()
    return row !== undefined
  }

  async restore(context: Context, accountId: string, moment: Date) {
    const { came, went, used, forgets } = this.lifetime
    const mine = (set: Record<string, Date | null>) =>
      this.db(context)
        .updateTable(this.table)
        .set(set)
        .where('account_id', '=', accountId)
        .$if(used !== undefined, (query) => query.where(used ?? went, 'is', null))
        .returning('id')
    const away = await mine({ [went]: context.at, ...(forgets && { [forgets]: null }) })
      .where(came, '>=', moment)
      .where(went, 'is', null)
      .execute()
    const back = await mine({ [went]: null })
      .where(came, '<', moment)
      .where(went, '>=', moment)
      .execute()
    return { away: away.length > 0, back: back.length > 0 }
  }
}
