import type { Context } from '../../../tenancy/context.ts'
import { record } from '../../audit/index.ts'
import { sendNotice } from '../../notices/index.ts'
import type { FactorVerdict, Owner } from '../factor.ts'
import { factorNotices } from '../notices.ts'
import { passkeyActions } from './audit-actions.ts'
import { passkeyNotices } from './notices.ts'
import { addPasskey } from './passkeys.ts'

/**
 * Keeps a new passkey; the log and its owner are told. In the caller's transaction.
 * @param first nothing of theirs was a second step before
 */
export async function enrolPasskey(
  context: Context,
  owner: Owner,
  typed: string,
  { name, first }: { name: string; first: boolean },
): Promise<FactorVerdict> {
  const verdict = await addPasskey(context, owner, typed, name)
  if (!verdict.ok) return verdict
  await record(context, passkeyActions.added, { subject: owner.id, actor: owner.id })
  await sendNotice(context, owner, first ? factorNotices.on : passkeyNotices.added)
  return verdict
}
