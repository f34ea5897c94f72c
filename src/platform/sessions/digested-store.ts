import session from 'express-session'
import { digest } from '../crypto/encryption.ts'

/**
 * Keeps browser sessions under the SHA-256 of their id: the id itself is only in the browser's cookie, so that who reads
 * the store, a dump or a backup of it holds nobody's session in hand (OWASP ASVS 5.0, 7.2).
 */
export class DigestedStore extends session.Store {
  readonly #inner: session.Store
  constructor(inner: session.Store) {
    super()
    this.#inner = inner
    // express-session holds requests back while its store says that it is away.
    for (const event of ['connect', 'disconnect']) inner.on(event, () => this.emit(event))
  }

  override get: session.Store['get'] = (id, done) => this.#inner.get(digest(id), done)
  override set: session.Store['set'] = (id, kept, done) => this.#inner.set(digest(id), kept, done)
  override destroy: session.Store['destroy'] = (id, done) => this.#inner.destroy(digest(id), done)
}
