import type { Bound } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Account } from './account.ts'
import { readEmail } from './email.ts'
import { fold } from './folding.ts'
import { findAccountBy } from './store.ts'
import { foldUsername } from './username.ts'

/**
 * Who signs in with this: the firm's policy says whether that is an e-mail address, a user name or either. Any text is
 * fine; nonsense finds nobody. No text can be both: an address has an @ and a user name has none.
 */
export async function accountByIdentifier(context: Context, text: string): Promise<Account | null> {
  const { identifier } = context.policy.signIn
  if (identifier === 'email' || (identifier === 'both' && text.includes('@'))) return accountByEmail(context, text)
  const usernameLookup = foldUsername(text)
  return usernameLookup ? findAccountBy(context, 'username_lookup', usernameLookup) : null
}

/** What somebody signs in with as it is compared: however they write it, with signs that show nothing too, it is one name. Nonsense is itself. */
export function identifierLookup(
  {
    policy: {
      signIn: { identifier },
    },
  }: Pick<Context, 'policy'>,
  text: string,
): string {
  if (identifier === 'username' || (identifier === 'both' && !text.includes('@'))) return foldUsername(text)
  const read = readEmail(text)
  return read.ok ? read.lookup : fold(text)
}

/** Who has this e-mail address at this firm, or null; capitals, spaces around it and the writing of the domain make no difference. */
export async function accountByEmail(context: Bound, text: string): Promise<Account | null> {
  const read = readEmail(text)
  return read.ok ? findAccountBy(context, 'email_lookup', read.lookup) : null
}

/** The words a password must not be made of: the firm's name, and what is known of the person. */
export function passwordContext(
  context: Pick<Context, 'policy'>,
  account: Pick<Account, 'name' | 'email' | 'username'> | null,
): string[] {
  return [context.policy.name, account?.name, account?.email, account?.username].filter(
    (text) => typeof text === 'string',
  )
}
