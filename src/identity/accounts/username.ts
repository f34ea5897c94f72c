import type { MailDetails } from '../../tenancy/outbox.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { Account } from './account.ts'
import { fold } from './folding.ts'

export type UsernameKey =
  | 'accounts.username.empty'
  | 'accounts.username.too-short'
  | 'accounts.username.too-long'
  | 'accounts.username.characters'
export type ReadUsername =
  | { ok: true; username: string }
  | { ok: false; key: UsernameKey; params: { minimum: number; maximum: number } }

const shortest = 3
const longest = 64

/** No @: a user name must never look like somebody's e-mail address. */
const allowed = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/

/**
 * The form in which user names are stored, compared and unique: "  José.Vries " is jose.vries.
 * Works on any text, so a sign-in attempt with nonsense simply finds nobody.
 */
export function foldUsername(text: string): string {
  return fold(text.replace(/\p{Cf}/gu, '')).trim()
}

/** Reads a new user name: 3 to 64 letters, figures, dots, dashes or underscores, with a letter or figure at both ends. */
export function readUsername(text: string): ReadUsername {
  const username = foldUsername(text)
  const wrong = (key: UsernameKey): ReadUsername => ({
    ok: false,
    key,
    params: { minimum: shortest, maximum: longest },
  })
  if (username === '') return wrong('accounts.username.empty')
  if (username.length < shortest) return wrong('accounts.username.too-short')
  if (username.length > longest) return wrong('accounts.username.too-long')
  if (!allowed.test(username)) return wrong('accounts.username.characters')
  return { ok: true, username }
}

/** Somebody as they say who they are when signing in, by the firm's choice: by address, user name, or either. */
type Named = Pick<Account, 'email' | 'username'>

/** Whether people of this firm have user names at all. */
export const hasUsernames = ({ signIn }: Pick<Policy, 'signIn'>): boolean => signIn.identifier !== 'email'

/** The one that is shown and filled in for them: the user name where they have one and it opens the route. */
export const identifierOf = (policy: Pick<Policy, 'signIn'>, { email, username }: Named): string =>
  (hasUsernames(policy) ? username : null) ?? email

/** The user name, as a mail says it; nothing where people sign in by their address. */
export const usernameDetail = (policy: Pick<Policy, 'signIn'>, { username }: Named): MailDetails =>
  hasUsernames(policy) && username ? { username } : {}

/** All that opens the route together with the password, as a mail says it. */
export function identifierDetails(policy: Pick<Policy, 'signIn'>, named: Named): MailDetails {
  const own = usernameDetail(policy, named)
  return policy.signIn.identifier === 'username' && own.username ? own : { ...own, email: named.email }
}
