import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { TrustedComputer } from './session.ts'

const db = tables(TrustedComputer)

/** What a trusted computer is known by: the digest of its cookie, and of what trust hangs on. */
interface Trust {
  digest: string
  fingerprint: string
}

export async function insertTrust(
  context: Context,
  accountId: string,
  { digest, fingerprint, expiresAt }: Trust & { expiresAt: Date },
): Promise<void> {
  await db(context)
    .insertInto('trusted_computer')
    .values({
      tenant_id: context.tenant.id,
      id: crypto.randomUUID(),
      account_id: accountId,
      digest,
      fingerprint,
      created_at: context.at,
      expires_at: expiresAt,
      browser: context.facts.agent,
    })
    .execute()
}

/** Trust that was not ended and is not over. */
const living = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('trusted_computer')
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', context.at)

export const findTrust = (context: Context, accountId: string, digest: string) =>
  living(context, accountId).select(['id', 'fingerprint', 'expires_at']).where('digest', '=', digest).executeTakeFirst()

/** The ids of what this digest is trusted by: to be put into a statement beside others. */
export const trustedBy = (context: Context, accountId: string, digest: string) =>
  living(context, accountId).select('id').where('digest', '=', digest)

export async function changeTrust(context: Context, id: string, { digest, fingerprint }: Trust): Promise<void> {
  await db(context).updateTable('trusted_computer').set({ digest, fingerprint }).where('id', '=', id).execute()
}

/** The computers somebody trusts, newest first; those that hang on something that changed are not among them. */
export const listTrusted = (context: Context, accountId: string, fingerprint: string) =>
  living(context, accountId)
    .select(['id', 'digest', 'browser', 'created_at', 'expires_at'])
    .where('fingerprint', '=', fingerprint)
    .orderBy('created_at', 'desc')
    .execute()

/** Ends trust in one computer. @returns whether it is one of theirs; ended before is fine */
export async function endTrust(context: Context, accountId: string, id: string): Promise<boolean> {
  const row = await db(context)
    .updateTable('trusted_computer')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(context.at)) }))
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function endAllTrust(context: Context, accountId: string): Promise<void> {
  await db(context)
    .updateTable('trusted_computer')
    .set({ revoked_at: context.at })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
}
