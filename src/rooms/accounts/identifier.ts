import type { MailDetails } from '../../tenancy/outbox.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { Account } from './account.ts'

/** What somebody types to say who they are when signing in, by the firm's choice: address, user name, or either. */

type Named = Pick<Account, 'email' | 'username'>

/** Whether people of this firm have user names at all. */
export const hasUsernames = ({ signIn }: Pick<Policy, 'signIn'>): boolean => signIn.identifier !== 'email'

/** The one that is shown and filled in for them: the user name where they have one and it opens the door. */
export const identifierOf = (policy: Pick<Policy, 'signIn'>, { email, username }: Named): string => (hasUsernames(policy) ? username : null) ?? email

/** The user name, as a mail says it; nothing where people sign in by their address. */
export const usernameDetail = (policy: Pick<Policy, 'signIn'>, { username }: Named): MailDetails => hasUsernames(policy) && username ? { username } : {}

/** All that opens the door together with the password, as a mail says it. */
export function identifierDetails(policy: Pick<Policy, 'signIn'>, named: Named): MailDetails {
  const own = usernameDetail(policy, named)
  return policy.signIn.identifier === 'username' && own.username ? own : { ...own, email: named.email }
}
