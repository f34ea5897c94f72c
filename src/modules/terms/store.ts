import type { AliasableExpression, Expression } from 'kysely'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Language } from '../../tenancy/policy.ts'
import { TermsAcceptance } from './entity.ts'

const db = tables(TermsAcceptance)

/** The newest version somebody agreed to, or null: a piece for any statement that knows the account's id. */
export const acceptedVersion = (account: Expression<string>): AliasableExpression<string | null> =>
  db.fragment
    .selectFrom('terms_acceptance')
    .select((eb) => eb.fn.max<string | null>('terms_acceptance.version').as('version'))
    .where('terms_acceptance.account_id', '=', account)
    .$asScalar()

/** Somebody agreed. @returns false when they had agreed to this version before */
export async function putAcceptance(
  context: Context,
  accountId: string,
  said: { version: string; language: Language; digest: string; at?: Date },
): Promise<boolean> {
  const row = await db(context)
    .insertInto('terms_acceptance')
    .values({
      tenant_id: context.tenant.id,
      account_id: accountId,
      version: said.version,
      policy_version: context.tenant.version,
      language: said.language,
      digest: said.digest,
      accepted_at: said.at ?? context.at,
    })
    .onConflict((on) => on.doNothing())
    .returning('version')
    .executeTakeFirst()
  return row !== undefined
}

/** What somebody agreed to, the newest first. */
export const findAcceptances = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('terms_acceptance')
    .select(['version', 'policy_version as policyVersion', 'language', 'digest', 'accepted_at as acceptedAt'])
    .where('account_id', '=', accountId)
    .orderBy('version', 'desc')
    .execute()
