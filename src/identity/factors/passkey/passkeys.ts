import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import type { Context } from '../../../tenancy/context.ts'
import { wrong, type FactorVerdict, type Owner } from '../factor.ts'
import { judgeChallenge, makeChallenge, spendChallenge, type About } from './challenge.ts'
import { patience, relyingParty } from './prove.ts'
import { challengeIn, readMade, type Made } from './response.ts'
import { credentialsOf, insertPasskey, passkeysOf } from './store.ts'

export { askPasskey, provePasskey } from './prove.ts'

/** The most one person may have. */
export const mostPasskeys = 10
/** Signatures we can check: Ed25519, ECDSA with P-256, RSA with SHA-256 (IANA COSE algorithms). */
const algorithms = [-8, -7, -257]

const aboutNew = (owner: Owner): About => ({ purpose: 'passkeyNew', accountId: owner.id })

/** The options a page hands to `navigator.credentials.create`, as JSON. Nothing is kept. The device learns no account number, only a mark made from it. */
export async function newPasskey(context: Context, owner: Owner): Promise<string> {
  const own = await credentialsOf(context, owner.id)
  return JSON.stringify(
    await generateRegistrationOptions({
      rpName: context.policy.name,
      rpID: relyingParty(context).id,
      challenge: makeChallenge(context, aboutNew(owner)),
      timeout: patience,
      userID: new Uint8Array(Buffer.from(context.tenant.vault.mac('passkey user', owner.id), 'hex')),
      userName: owner.username ?? owner.email,
      userDisplayName: owner.name,
      attestationType: 'none',
      supportedAlgorithmIDs: algorithms,
      excludeCredentials: own.map(({ credential, transports }) => ({
        id: credential,
        transports: transports.split(' ').filter(Boolean),
      })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    }),
  )
}

/** Keeps a new passkey under this name, in the caller's transaction. Never throws on what was sent. */
export async function addPasskey(context: Context, owner: Owner, typed: string, name: string): Promise<FactorVerdict> {
  if (!typed) return wrong('factors.passkey.emptyNew')
  const made = readMade(typed)
  if (!made) return wrong('factors.passkey.wrongNew')
  const challenge = challengeIn(made)
  const judged = judgeChallenge(context, aboutNew(owner), challenge)
  if (judged !== 'right') return wrong(judged === 'stale' ? 'factors.passkey.stale' : 'factors.passkey.wrongNew')
  const found = await verified(context, made, challenge)
  if (!found) return wrong('factors.passkey.wrongNew')
  if ((await ownPasskeys(context, owner.id)).length >= mostPasskeys)
    return wrong('factors.passkey.most', { most: mostPasskeys })
  if (!(await spendChallenge(context, 'passkeyNew', owner.id, challenge))) return wrong('factors.passkey.wrongNew')
  const { credential, credentialBackedUp } = found
  const kept = await insertPasskey(context, {
    account_id: owner.id,
    name,
    credential: credential.id,
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: made.response.transports.join(' '),
    synced: credentialBackedUp,
  })
  return kept ? { ok: true } : wrong('factors.passkey.there')
}

/**
 * Checks a new passkey. We ask for no statement about the maker of the device; one with certificates is refused unread,
 * because checking those would have the server fetch addresses that somebody else wrote.
 */
async function verified(context: Context, made: Made, expectedChallenge: string) {
  const { id, origin } = relyingParty(context)
  try {
    const statement = decodeAttestationObject(new Uint8Array(Buffer.from(made.response.attestationObject, 'base64url')))
    if (statement.get('fmt') !== 'none' && (statement.get('fmt') !== 'packed' || statement.get('attStmt').get('x5c')))
      return null
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...made, clientExtensionResults: {}, response: { ...made.response, transports: [] } },
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      supportedAlgorithmIDs: algorithms,
      requireUserVerification: false,
    })
    return registrationInfo ?? null
  } catch (error) {
    context.log.info({ reason: (error as Error).message }, 'a new passkey was refused')
    return null
  }
}

/** A passkey as its owner sees it. `synced`: kept in a key ring that travels between devices. */
export interface OwnPasskey {
  id: string
  name: string
  synced: boolean
  createdAt: Date
  usedAt: Date | null
}

/** Somebody's passkeys, the oldest first. */
export async function ownPasskeys(context: Context, accountId: string): Promise<OwnPasskey[]> {
  const rows = await passkeysOf(context, accountId)
  return rows.map(({ created_at: createdAt, used_at: usedAt, ...row }) => ({ ...row, createdAt, usedAt }))
}
