import type { Expression } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import { people } from '../../../src/identity/accounts/index.ts'
import { tables } from '../../../src/platform/db/tables.ts'
import type { Context } from '../../../src/tenancy/context.ts'
import { Note } from './note.ts'
import { boardPolicy } from './policy.ts'

const db = tables(Note)

/** A note as pages show it. */
export interface NoteShown {
  text: string
  at: Date
}

export const allNotes = (context: Context): Promise<NoteShown[]> =>
  db(context).selectFrom('note').select(['text', 'created_at as at']).orderBy('created_at', 'desc').execute()

/** Puts a note of somebody up, in the caller's transaction. */
export async function putUp(context: Context, accountId: string, text: string): Promise<void> {
  await db(context)
    .insertInto('note')
    .values({
      tenant_id: context.tenant.id,
      id: crypto.randomUUID(),
      account_id: accountId,
      text,
      created_at: context.at,
    })
    .execute()
}

/** Takes down what is older than the firm chose. @returns when the next note is to go */
export async function takeDown(context: Context): Promise<Date | null> {
  const stays = Temporal.Duration.from({ days: context.policy.of(boardPolicy).days })
  await db(context).deleteFrom('note').where('created_at', '<', context.from(stays.negated())).execute()
  const oldest = await db(context)
    .selectFrom('note')
    .select('created_at')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return oldest ? new Date(oldest.created_at.getTime() + stays.total('milliseconds')) : null
}

/** The newest note, for the home page. */
export const newestNote = (): Expression<{ text: string } | null> =>
  jsonObjectFrom(db.fragment.selectFrom('note').select('note.text').orderBy('note.created_at', 'desc').limit(1))

/** The notes put up after a moment, for the home page; moments come as texts. */
export const notesAfter = (moment: Expression<Date | null>): Expression<{ text: string; at: string }[]> =>
  jsonArrayFrom(
    db.fragment
      .selectFrom('note')
      .select(['note.text', 'note.created_at as at'])
      .where('note.created_at', '>', moment)
      .orderBy('note.created_at', 'desc')
      .limit(5),
  ) as never // oxlint-disable-line -- the text of a moment, as JSON gives it

export const notesOf = (context: Context, accountId: string) =>
  db(context).selectFrom('note').select(['text', 'created_at']).where('account_id', '=', accountId).execute()

export async function eraseNotesOf(context: Context, accountId: string): Promise<number> {
  const gone = await db(context).deleteFrom('note').where('account_id', '=', accountId).returning('id').execute()
  return gone.length
}

/** Takes down what somebody put up in that moment or after it. @returns how many */
export async function takeDownSince(context: Context, accountId: string, moment: Date): Promise<number> {
  const gone = await db(context)
    .deleteFrom('note')
    .where('account_id', '=', accountId)
    .where('created_at', '>=', moment)
    .returning('id')
    .execute()
  return gone.length
}

/** Somebody of the firm, to have written what invented people find. */
export const someAuthor = (context: Context) =>
  db(context)
    .selectFrom(people.as('a'))
    .select('a.id')
    .where('a.kind', '=', 'staff')
    .orderBy('a.email')
    .limit(1)
    .executeTakeFirst()
