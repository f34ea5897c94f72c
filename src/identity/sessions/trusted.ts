import { digest, randomToken } from '../../platform/crypto/encryption.ts'
import { sql } from 'kysely'
import { idOf } from '../../platform/db/ids.ts'
import { tables } from '../../platform/db/tables.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { firstName } from '../../tenancy/by-name.ts'
import { passwordHashOf } from '../accounts/index.ts'
import { factorsOf, fingerprint as factorsFingerprint } from '../factors/index.ts'
import { changeTrust, endAllTrust, endTrust, findTrust, insertTrust, listTrusted } from './trusted-store.ts'

/** Of others' tables only what they hand out. */
const db = tables()

/** What trust hangs on: change the password, a factor or what the firm asks, and every trusted computer is a stranger again. */
async function fingerprint(context: Context, accountId: string): Promise<string> {
  const id = idOf(accountId)
  const { text } = await db(context)
    .selectNoFrom((eb) =>
      eb.fn<string>('concat_ws', [sql.lit('|'), passwordHashOf(id), factorsFingerprint(context, id)]).as('text'),
    )
    .executeTakeFirstOrThrow()
  const { of, when } = context.policy.secondFactor
  // By their first names: a computer that was trusted before a factor got another one stays so.
  const names = of.map((name) => firstName(factorsOf(context).find(name) ?? { name }))
  return context.tenant.vault.mac('trusted computer', [text, when, ...names].join('|'))
}

/** Trusts this computer for the firm's period, after a real second step. The cookie is worth nothing for anybody else. */
export async function trustComputer(context: Context, accountId: string): Promise<void> {
  const period = context.policy.secondFactor.trustedComputer
  if (!period) return
  const token = randomToken()
  const expiresAt = context.from(period)
  await insertTrust(context, accountId, {
    digest: digest(token),
    fingerprint: await fingerprint(context, accountId),
    expiresAt,
  })
  context.browser.setTrust(token, expiresAt.getTime() - context.at.getTime())
}

async function trustOf(context: Context, accountId: string) {
  const token = context.browser.trust
  if (!token || !context.policy.secondFactor.trustedComputer) return null
  return (await findTrust(context, accountId, digest(token))) ?? null
}

/** Whether this computer may skip the second step for this person now. */
export async function isTrusted(context: Context, accountId: string): Promise<boolean> {
  const trust = await trustOf(context, accountId)
  return trust !== null && trust.fingerprint === (await fingerprint(context, accountId))
}

/**
 * Does an act that changes what trust hangs on, and keeps only the trust this very computer had before it: who just
 * replaced the mailed password here need not give a code twice within minutes. The cookie is a new one, for as long as the
 * old one had left: a copy somebody made of that is worth nothing. Every other computer is a stranger again.
 */
export async function trustAgain<T>(context: Context, accountId: string, act: () => Promise<T>): Promise<T> {
  const trusted = await isTrusted(context, accountId)
  const result = await act()
  const trust = trusted ? await trustOf(context, accountId) : null
  if (!trust) return result
  const token = randomToken()
  await changeTrust(context, trust.id, {
    digest: digest(token),
    fingerprint: await fingerprint(context, accountId),
  })
  context.browser.setTrust(token, trust.expires_at.getTime() - context.at.getTime())
  return result
}

/** A computer that somebody trusts now. `here`: the one they sit at. */
export interface OwnComputer {
  id: string
  browser: string
  since: Date
  until: Date
  here: boolean
}

/** The computers on which this person's second step is skipped, newest first; those whose trust a change made void are not among them. */
export async function trustedComputers(context: PersonContext): Promise<OwnComputer[]> {
  if (!context.policy.secondFactor.trustedComputer) return []
  const mine = context.browser.trust
  const rows = await listTrusted(context, context.person.id, await fingerprint(context, context.person.id))
  return rows.map((row) => ({
    id: row.id,
    browser: row.browser,
    since: row.created_at,
    until: row.expires_at,
    here: mine !== null && digest(mine) === row.digest,
  }))
}

/** Trusts a computer of this person no more. @returns whether it is one of theirs; ended before is fine */
export const distrustOne = (context: PersonContext, id: string): Promise<boolean> =>
  endTrust(context, context.person.id, id)

/** Trusts no computer of this account any more. */
export const distrustAll = (context: Context, accountId: string): Promise<void> => endAllTrust(context, accountId)
