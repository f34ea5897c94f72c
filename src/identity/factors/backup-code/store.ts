import { tables } from '../../../platform/db/tables.ts'
import type { Context } from '../../../tenancy/context.ts'
import { enrolments } from '../enrolments.ts'
import { BackupCode } from './entity.ts'

const db = tables(BackupCode)

export const backupCodes = enrolments(db, 'backup_code', {
  came: 'created_at',
  went: 'replaced_at',
  used: 'used_at',
})

const mac = (context: Context, accountId: string, code: string) =>
  context.tenant.vault.mac('backup code', `${accountId}|${code}`)

/** Uses a code up, once; with `hadAt` only one that was there by then. @returns whether it was the living one */
export async function useBackupCode(
  context: Context,
  { id, hadAt }: { id: string; hadAt?: Date },
  code: string,
): Promise<boolean> {
  const used = await db(context)
    .updateTable('backup_code')
    .set({ used_at: context.at })
    .where('account_id', '=', id)
    .where('digest', '=', mac(context, id, code))
    .where('used_at', 'is', null)
    .where('replaced_at', 'is', null)
    .$if(hadAt !== undefined, (query) => query.where('created_at', '<=', hadAt as Date))
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

/** Makes a code the living one, now that its owner has put it away; the one before works no more. In the caller's transaction. */
export async function saveBackupCode(context: Context, accountId: string, code: string): Promise<void> {
  await backupCodes.remove(context, accountId)
  await db(context)
    .insertInto('backup_code')
    .values({
      tenant_id: context.tenant.id,
      id: crypto.randomUUID(),
      account_id: accountId,
      digest: mac(context, accountId, code),
      created_at: context.at,
    })
    .execute()
}

/** How many codes somebody has had: each new one differs from all before. */
export async function backupCodesSoFar(context: Context, accountId: string): Promise<number> {
  const { n } = await db(context)
    .selectFrom('backup_code')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return n
}
