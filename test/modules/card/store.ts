import { tables } from '../../../src/platform/db/tables.ts'
import type { Context } from '../../../src/tenancy/context.ts'
import { enrolments } from '../../../src/identity/factors/enrolments.ts'
import { Card } from './entity.ts'

const db = tables(Card)

export const cardsOf = enrolments(db, 'card', { came: 'created_at', went: 'removed_at', called: 'name' })

const mac = (context: Context, accountId: string, number: string) =>
  context.tenant.vault.mac('card', `${accountId}|${number}`)

export async function saveCard(context: Context, accountId: string, number: string): Promise<void> {
  await db(context)
    .insertInto('card')
    .values({
      tenant_id: context.tenant.id,
      id: crypto.randomUUID(),
      account_id: accountId,
      name: 'Blauwe kaart',
      digest: mac(context, accountId, number),
      created_at: context.at,
    })
    .execute()
}

const living = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('card')
    .select(['id', 'name', 'digest', 'created_at'])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)

export const ownCards = (context: Context, accountId: string) => living(context, accountId).execute()

/** Whether this is the number on a card of theirs; with a moment, on one they had by then. */
export async function isOnCard(
  context: Context,
  { id, hadAt }: { id: string; hadAt?: Date },
  number: string,
): Promise<boolean> {
  const found = await living(context, id)
    .where('digest', '=', mac(context, id, number))
    .$if(hadAt !== undefined, (query) => query.where('created_at', '<=', hadAt as Date))
    .executeTakeFirst()
  return found !== undefined
}
