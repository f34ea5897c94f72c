import type { Request, Response } from 'express'
import { digest } from './secrets.ts'

/** What the cookie's session may hold: nothing that decides who somebody is. Truth about sessions is in PostgreSQL. */
declare module 'express-session' {
  interface SessionData {
    language?: string
    notice?: string
    identifier?: string
    back?: string
    /** An empty session is not stored; this one is to be. */
    here?: boolean
  }
}
type Kept = 'language' | 'notice' | 'identifier' | 'back'

/** The person's browser as a room may know it: a few words kept between pages, and its session's name. */
export class Browser {
  readonly #request: Request
  readonly #response: Response
  #changed = false
  constructor(request: Request, response: Response) {
    this.#request = request
    this.#response = response
  }

  /** SHA-256 of the session id: what PostgreSQL knows the session by. */
  get digest(): string { return digest(this.#request.sessionID) }

  recall(name: Kept): string | null { return this.#request.session?.[name] ?? null }
  keep(name: Kept, value: string): void {
    this.#request.session[name] = value
    this.#changed = true
  }
  forget(name: Kept): void {
    if (this.#request.session?.[name] === undefined) return
    delete this.#request.session[name]
    this.#changed = true
  }
  /** Reads a word and forgets it: a notice is shown once. */
  take(name: Kept): string | null {
    const value = this.recall(name)
    this.forget(name)
    return value
  }

  /** The token by which this computer is trusted, a cookie of its own: it outlives the session. */
  get trust(): string | null {
    const found = (this.#request.get('cookie') ?? '').split('; ').find((each) => each.startsWith(`${this.#trustName}=`))
    return found ? found.slice(this.#trustName.length + 1) : null
  }
  /** @param life in milliseconds */
  setTrust(token: string, life: number): void {
    this.#response.cookie(this.#trustName, token, { httpOnly: true, sameSite: 'lax', secure: this.#request.secure, path: '/', maxAge: life })
  }
  get #trustName(): string { return this.#request.secure ? '__Host-trust' : 'trust' }

  /** A new session id, as at every rise of level; the few words go along. @returns the new digest */
  renew(): string {
    const words = (['language', 'notice', 'back'] as const).map((name) => [name, this.recall(name)] as const)
    // Not `regenerate`: the old id keeps its form token, so that a form sent twice gets an answer. It is nobody's any more.
    this.#request.sessionStore.generate(this.#request)
    this.#request.session.here = true
    this.#changed = true
    for (const [name, word] of words) if (word) this.keep(name, word)
    return this.digest
  }

  /**
   * Saves what was kept, before a redirect: express-session sends the headers first and saves then, and a browser that
   * follows at once would come too early to be known.
   */
  async settle(): Promise<void> {
    if (!this.#changed) return
    await new Promise<void>((resolve, reject) => this.#request.session.save((error) => error ? reject(error) : resolve()))
    this.#changed = false
  }
}
