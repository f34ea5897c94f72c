import type { Context, PersonContext } from '../../../tenancy/context.ts'
import { record } from '../../audit/index.ts'
import { sendNotice } from '../../notices/index.ts'
import { factorNotices } from '../notices.ts'
import { authenticatorNotices } from './notices.ts'
import { readCode } from '../code-input.ts'
import { wrong, type FactorVerdict, type Owner } from '../factor.ts'
import { authenticatorActions } from './audit-actions.ts'
import { authenticatorSecretFrom, checkAuthenticatorCode, keyInGroups, otpauthAddress } from './code.ts'
import { words } from './factor.ts'
import { apps, appsSoFar, saveAuthenticator } from './store.ts'

/**
 * An app that is being set up. `address`: what the QR code says (otpauth key URI); `key`: the secret for typing over.
 */
export interface NewApp {
  secret: string
  key: string
  address: string
}

/**
 * Its secret is derived from the firm's key instead of kept: showing the page changes nothing, two tabs show the same
 * picture, and nothing waits in the database for who never finishes.
 * @param use which of the firm's derived secrets, and of what: a stored app does not depend on it
 */
function newApp(
  context: Context,
  { username, email }: Pick<Owner, 'username' | 'email'>,
  use: string,
  of: string,
): NewApp {
  const secret = authenticatorSecretFrom(context.tenant.vault.mac(use, of))
  const address = otpauthAddress({ issuer: context.policy.name, account: username ?? email, secret })
  return { secret, key: keyInGroups(secret), address }
}

/**
 * The app of a flow. Of somebody signed in it is of this session only: whoever looked at the page in another one knows
 * nothing of this one.
 */
export function appInFlow(context: Context, owner: Pick<Owner, 'username' | 'email'>, flow: string): NewApp {
  const session = context.session?.level === 'signedIn' ? `|${context.session.id}` : ''
  return newApp(context, owner, 'authenticator secret', `${flow}${session}`)
}

/** The next app of somebody signed in, for the same reason of this session only. */
export async function appInSession(context: PersonContext): Promise<NewApp> {
  const before = await appsSoFar(context, context.person.id)
  return newApp(context, context.person, 'authenticator secret of a session', `${context.session.id}|${before}`)
}

/**
 * What a new app comes to be. `replaces`: which one goes (its id, or 'all'); `name`: what its owner calls it, without
 * one it is just "the app". `first`: nothing of theirs could be given before; `as`: how the log calls it, where it says
 * that.
 */
export interface AppPlace {
  replaces: string | null
  name?: string | null
  first: boolean
  as?: 'replacement' | 'addition'
}

/**
 * Confirms a new app with its first code, and puts away the one it takes the place of; the log and its owner are told.
 * The person has the secret in hand, so a clock that is off may be told at once. In the caller's transaction.
 */
export async function enrolApp(
  context: Context,
  owner: Owner,
  { secret }: Pick<NewApp, 'secret'>,
  typed: string,
  { replaces, name = null, first, as }: AppPlace,
): Promise<FactorVerdict> {
  const read = readCode(typed)
  if (!read.ok) return wrong(read.key, read.params)
  const verdict = checkAuthenticatorCode(secret, read.code, { now: context.now, lastStep: null })
  if (!verdict.ok) return words(verdict, true)
  if (replaces === 'all') await apps.remove(context, owner.id)
  else if (replaces) await apps.remove(context, owner.id, replaces)
  await saveAuthenticator(context, owner.id, { secret, name, lastStep: verdict.step })
  await record(context, authenticatorActions.confirmed, {
    subject: owner.id,
    actor: owner.id,
    detail: { ...(as && { as }) },
  })
  await sendNotice(context, owner, first ? factorNotices.on : authenticatorNotices.changed)
  return { ok: true }
}
