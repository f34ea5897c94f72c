import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'

/** What a device is told to do differently from a good one. */
export interface Odd {
  origin?: string
  rpId?: string
  counter?: number
  verified?: boolean
  type?: string
  challenge?: string
  key?: KeyObject
  format?: string
}
export interface Options {
  challenge: string
  rpId?: string
  rp?: { id: string }
  user?: { id: string; name: string }
  allowCredentials?: { id: string }[]
  excludeCredentials?: { id: string }[]
  userVerification?: string
  authenticatorSelection?: { residentKey?: string }
}

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest()
const url = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64url')
const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** CBOR (RFC 8949), as far as passkeys need it. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, each]) => [cbor(key), cbor(each as never)])])
}

/**
 * A device with one passkey on it (WebAuthn Level 3), of another maker than the browser's: it signs what it is told,
 * also what no good device would.
 */
export class Device {
  readonly id = randomBytes(32)
  readonly pair = keys()
  counter = 0
  readonly origin: string
  readonly rpId: string
  constructor(origin: string) {
    this.origin = origin
    this.rpId = new URL(origin).hostname
  }

  private told(type: string, { challenge }: Options, odd: Odd): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: odd.type ?? type,
        challenge: odd.challenge ?? challenge,
        origin: odd.origin ?? this.origin,
        crossOrigin: false,
      }),
    )
  }

  private data({ rpId, counter, verified = true }: Odd, more: Buffer[] = []): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? this.counter)
    return Buffer.concat([
      sha256(rpId ?? this.rpId),
      Buffer.from([1 | (verified ? 4 : 0) | (more.length ? 64 : 0)]),
      count,
      ...more,
    ])
  }

  /** What `navigator.credentials.create` gives, as JSON. */
  makes(options: Options, odd: Odd = {}): string {
    const { x = '', y = '' } = this.pair.publicKey.export({ format: 'jwk' })
    const key = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    )
    const authData = this.data(odd, [Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, key])
    const client = this.told('webauthn.create', options, odd)
    // "Packed" by itself: the new key vouches for itself, and no maker for it (WebAuthn Level 3 §8.2).
    const own = () =>
      new Map<string, unknown>([
        ['alg', -7],
        [
          'sig',
          createSign('sha256')
            .update(Buffer.concat([authData, sha256(client)]))
            .sign(this.pair.privateKey),
        ],
      ])
    const attestationObject = cbor(
      new Map<string, unknown>([
        ['fmt', odd.format ?? 'none'],
        ['attStmt', odd.format === 'packed' ? own() : new Map()],
        ['authData', authData],
      ]),
    )
    return JSON.stringify({
      id: url(this.id),
      rawId: url(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: url(client),
        attestationObject: url(attestationObject),
        transports: ['internal', 'hybrid'],
      },
    })
  }

  /** What `navigator.credentials.get` gives, as JSON. */
  signs(options: Options, odd: Odd = {}): string {
    if (odd.counter === undefined && this.counter) this.counter += 1
    const [client, data] = [this.told('webauthn.get', options, odd), this.data(odd)]
    const signature = createSign('sha256')
      .update(Buffer.concat([data, sha256(client)]))
      .sign(odd.key ?? this.pair.privateKey)
    return JSON.stringify({
      id: url(this.id),
      rawId: url(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: url(client),
        authenticatorData: url(data),
        signature: url(signature),
        userHandle: null,
      },
    })
  }
}
export const strangersKey = (): KeyObject => keys().privateKey
