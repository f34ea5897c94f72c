import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify, type ECDH } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was delivered, as the service sees it and as only the browser can read it. */
export interface Delivered {
  path: string
  headers: IncomingHttpHeaders
  text: string
  token: { aud: string; exp: number; sub: string }
  signed: boolean
}

const hkdf = (salt: Buffer, secret: Buffer, info: Buffer, length: number) =>
  createHmac('sha256', createHmac('sha256', salt).update(secret).digest())
    .update(Buffer.concat([info, Buffer.from([1])]))
    .digest()
    .subarray(0, length)

/** Decrypts a message of one record (RFC 8188) with a browser's keys (RFC 8291 §3.4). */
function decrypt(body: Buffer, browser: ECDH, auth: Buffer): string {
  const [salt, size, theirs] = [body.subarray(0, 16), body[20] ?? 0, body.subarray(21, 21 + (body[20] ?? 0))]
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), theirs])
  const secret = hkdf(auth, browser.computeSecret(theirs), info, 32)
  const key = hkdf(salt, secret, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = hkdf(salt, secret, Buffer.from('Content-Encoding: nonce\0'), 12)
  const sealed = body.subarray(21 + size)
  const opened = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([opened.update(sealed.subarray(0, -16)), opened.final()])
  // The last record ends in a 2 and padding.
  return plain.subarray(0, plain.lastIndexOf(2)).toString()
}

/**
 * The token by which a service knows who sends (RFC 8292): what it says, and whether its signature is of the key beside
 * it.
 */
function vapid(authorization: string): { token: Delivered['token']; signed: boolean; key: string } {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return { token: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Delivered['token'], signed, key }
}

/**
 * A push service on this machine with one browser on it. It knows nothing of how the installation makes its messages.
 */
export class PushService {
  readonly delivered: Delivered[] = []
  /** What it answers. */
  status = 201
  readonly #server: Server
  readonly #browser = createECDH('prime256v1')
  readonly #auth = randomBytes(16)
  readonly #publicKey: string
  constructor(publicKey: string) {
    this.#publicKey = publicKey
    this.#browser.generateKeys()
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { token, signed, key } = vapid(request.headers.authorization ?? '')
      this.delivered.push({
        path: request.url ?? '',
        headers: request.headers,
        token,
        signed: signed && key === this.#publicKey,
        text: decrypt(Buffer.concat(chunks), this.#browser, this.#auth),
      })
      response.writeHead(this.status).end()
    })
  }
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, 'localhost', resolve))
    return this.origin
  }
  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`
  }
  /** What the browser gives a page that asks to wake it. */
  subscription(endpoint = `${this.origin}/browser/1`): string {
    return JSON.stringify({
      endpoint,
      keys: { p256dh: this.#browser.getPublicKey().toString('base64url'), auth: this.#auth.toString('base64url') },
    })
  }
  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
