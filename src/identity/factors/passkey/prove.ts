import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { Context } from '../../../tenancy/context.ts'
import { lockAccount } from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import { judgeChallenge, makeChallenge, spendChallenge, type About } from './challenge.ts'
import { challengeIn, readSigned, type Signed } from './response.ts'
import { countUse, credentialsOf, passkeyBy } from './store.ts'
import { passkeyActions } from './audit-actions.ts'

/** Where a firm's passkeys belong: its host name, and the origin its pages are read at. */
export function relyingParty({ tenant }: Context): { id: string; origin: string } {
  return { id: new URL(tenant.origin).hostname, origin: tenant.origin }
}

/** How long the browser waits for the person, in milliseconds. */
export const patience = 5 * 60_000

/**
 * The options a page hands to `navigator.credentials.get`, as JSON. Nothing is kept.
 * @param about.accountId whose passkeys will do; null: any of this firm, found by the browser itself
 */
export async function askPasskey(context: Context, about: About): Promise<string> {
  const own = about.accountId === null ? [] : await credentialsOf(context, about.accountId, about.hadAt)
  return JSON.stringify(
    await generateAuthenticationOptions({
      rpID: relyingParty(context).id,
      challenge: makeChallenge(context, about),
      timeout: patience,
      allowCredentials: own.map(({ credential, transports }) => ({
        id: credential,
        transports: transports.split(' ').filter(Boolean),
      })),
      userVerification: about.accountId === null ? 'required' : 'preferred',
    }),
  )
}

/** `copied`: the counter went back, so there are two of this key. */
export type Proof = { ok: true; accountId: string } | { ok: false; reason: 'empty' | 'stale' | 'wrong' | 'copied' }

type Row = NonNullable<Awaited<ReturnType<typeof passkeyBy>>>

const no = (reason: Extract<Proof, { ok: false }>['reason']): Proof => ({ ok: false, reason })

/**
 * Judges what a passkey signed and uses its challenge up, in the caller's transaction. Alone, without an account, only
 * a passkey whose device checked the person (fingerprint, face, PIN) will do. Never throws on what was sent.
 */
export async function provePasskey(context: Context, about: About, typed: string): Promise<Proof> {
  if (!typed) return no('empty')
  const signed = readSigned(typed)
  if (!signed) return no('wrong')
  const challenge = challengeIn(signed)
  const judged = judgeChallenge(context, about, challenge)
  if (judged !== 'right') return no(judged)
  const row = await passkeyBy(context, signed.id, about)
  const use = row && (await verified(context, row, signed, challenge, about.accountId === null))
  // Whose it is is known only now: nobody has locked the account yet.
  if (use && about.accountId === null) await lockAccount(context, row.account_id, 'no key update')
  if (!use || !(await spendChallenge(context, about.purpose, row.account_id, challenge))) return no('wrong')
  return (await countUse(context, row.id, use)) ? { ok: true, accountId: row.account_id } : copied(context, row)
}

/** What the device told of itself: how often the key was used, and whether it stands in a key ring that travels. */
interface Use {
  counter: number
  synced: boolean
}

/** @returns null when the signature is not this passkey's, for this firm, over this challenge */
async function verified(
  context: Context,
  row: Row,
  response: Signed,
  expectedChallenge: string,
  alone: boolean,
): Promise<Use | null> {
  const { id, origin } = relyingParty(context)
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: alone,
      // The counter is compared by the database, where two at the same moment meet.
      credential: {
        id: row.credential,
        publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
        counter: 0,
      },
    })
    return verified ? { counter: authenticationInfo.newCounter, synced: authenticationInfo.credentialBackedUp } : null
  } catch (error) {
    context.log.info({ reason: (error as Error).message }, 'a passkey was refused')
    return null
  }
}

async function copied(context: Context, { id, account_id }: Row): Promise<Proof> {
  await record(context, passkeyActions.copied, { subject: account_id, outcome: 'refused', detail: { passkey: id } })
  return no('copied')
}
