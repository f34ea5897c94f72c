import type { MikroORM } from '@mikro-orm/postgresql'
import { freshEm } from '../../platform/db/database.ts'
import { tables } from '../../platform/db/tables.ts'
import { DevMessage, type KeptMessage } from './message.ts'

/** At no firm, and outside any transaction: what was sent is seen also of a request that fails afterwards. */
const db = (orm: MikroORM) => tables(DevMessage)({ em: freshEm(orm) })

/** Keeps a message instead of sending it. A second attempt with the same id changes nothing. */
export async function saveMessage(orm: MikroORM, message: KeptMessage): Promise<void> {
  await db(orm)
    .insertInto('dev_message')
    .values(message)
    .onConflict((on) => on.column('id').doNothing())
    .execute()
}

const kept = (orm: MikroORM) =>
  db(orm).selectFrom('dev_message').select(['id', 'tenant', 'kind', 'to', 'subject', 'text', 'html', 'at'])

/** The newest messages first, by the order in which they came: the clock can be put back here. */
export const keptMessages = (orm: MikroORM, most: number): Promise<KeptMessage[]> =>
  kept(orm).orderBy('seq', 'desc').limit(most).execute()

/** One message, or null. */
export const keptMessage = async (orm: MikroORM, id: string): Promise<KeptMessage | null> =>
  (await kept(orm).where('id', '=', id).executeTakeFirst()) ?? null
