import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** 256 random bits for links and session ids, in base64url (43 characters). */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A new 256-bit key for the data of one tenant. */
export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES)
}

/** SHA-256 in hex: how a token of 256 random bits is kept. Too weak for anything a person thought up. */
export function digest(text: string): string {
  return hash('sha256', text)
}

/** A text or wrapped key could not be opened: altered, moved to another row, or of a key no longer here. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

export interface KeyRing {
  /** The id of the key that wraps from now on. */
  readonly current: string
  /** Of every key in the ring, the current one first. */
  readonly ids: readonly string[]
  /** By which a key is known again; tells nothing of the key. @throws Unreadable when it is not in the ring */
  fingerprint(id: string): string
  wrap(dataKey: Buffer): string
  /** @throws Unreadable when altered or when its key is no longer in the ring */
  unwrap(wrapped: string): Buffer
  /** True when an older key than the current one wrapped it. */
  isStale(wrapped: string): boolean
  /** A key for one purpose, derived from the key with this id; null when that key is not in the ring. */
  derive(purpose: string, id: string): Buffer | null
}

/**
 * The installation's master keys, from `MASTER_KEY`: "id:base64" of 32 bytes each, separated by commas, first is current.
 * @throws Error naming what is wrong, never a key
 */
export function createKeyRing(masterKey: string): KeyRing {
  const keys = parseKeys(masterKey)
  const current = keys.keys().next().value as string
  const key = (id: string) => keys.get(id) ?? unknownKey(id)
  return {
    current,
    ids: [...keys.keys()],
    fingerprint: (id) => subkey(key(id), 'fingerprint').toString('hex'),
    wrap: (dataKey) => encrypt(current, subkey(key(current), 'wrap'), `wrap|${current}`, dataKey),
    unwrap(wrapped) {
      const id = keyIdOf(wrapped)
      return decrypt(subkey(key(id), 'wrap'), `wrap|${id}`, wrapped)
    },
    isStale: (wrapped) => keyIdOf(wrapped) !== current,
    derive(purpose, id) {
      const found = keys.get(id)
      return found ? subkey(found, `derive|${purpose}`) : null
    },
  }
}

export interface Vault {
  /** Encrypts for one place; `context` is 'tenant|table|column|row' and must be the same when opening. */
  seal(context: string, plain: string): string
  /** @throws Unreadable when altered, moved, or sealed with a key this vault does not hold */
  open(context: string, sealed: string): string
  /** HMAC-SHA-256 in hex: blind index for look-ups, and how short codes are kept. */
  mac(purpose: string, value: string): string
}

/** Seals and opens with the key of one tenant; `formerKeys` only open. */
export function createVault({ dataKey, formerKeys = [] }: { dataKey: Buffer; formerKeys?: Buffer[] }): Vault {
  const macKey = subkey(dataKey, 'mac')
  const current = fingerprint(dataKey)
  const keys = new Map([dataKey, ...formerKeys].map((each) => [fingerprint(each), subkey(each, 'seal')]))
  const key = (id: string) => keys.get(id) ?? unknownKey(id)
  return {
    seal: (context, plain) => encrypt(current, key(current), context, Buffer.from(plain)),
    open: (context, sealed) => decrypt(key(keyIdOf(sealed)), context, sealed).toString(),
    mac: (purpose, value) => createHmac('sha256', macKey).update(`${purpose}\0${value}`).digest('hex'),
  }
}

function parseKeys(text: string): Map<string, Buffer> {
  const keys = new Map<string, Buffer>()
  for (const part of text.split(',')) {
    const [id = '', encoded = ''] = part.trim().split(':')
    const key = Buffer.from(encoded, 'base64')
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id))
      throw new Error('a key needs an id of letters, digits, - or _ before the colon')
    if (key.length !== KEY_BYTES) throw new Error(`key "${id}" is not the base64 of ${KEY_BYTES} bytes`)
    if (keys.has(id)) throw new Error(`two keys are called "${id}"`)
    keys.set(id, key)
  }
  return keys
}

/** AES-256-GCM; the text reads `keyId.base64url(nonce, cipher text, tag)`. */
function encrypt(id: string, key: Buffer, context: string, plain: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return `${id}.${body.toString('base64url')}`
}

function decrypt(key: Buffer, context: string, sealed: string): Buffer {
  const body = Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64url')
  if (body.length < NONCE_BYTES + TAG_BYTES) throw new Unreadable('The sealed text is too short.')
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(context)).setAuthTag(body.subarray(-TAG_BYTES))
  const plain = decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch (cause) {
    throw new Unreadable('The sealed text was altered or belongs somewhere else.', { cause })
  }
}

/** Separate keys for separate uses, so that one use never weakens another (RFC 5869). */
function subkey(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', use, KEY_BYTES))
}

function fingerprint(key: Buffer): string {
  return subkey(key, 'id').subarray(0, 6).toString('hex')
}

/** Of a wrapped key or a sealed text: the key it needs. */
export function keyIdOf(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf('.')))
}

function unknownKey(id: string): never {
  throw new Unreadable(`There is no key "${id}" here.`)
}
