import type { PlainKey, Text } from '../i18n/texts.ts'
import type { Request, Response } from 'express'
import { digest, type Vault } from '../crypto/encryption.ts'
import { BrowserState, type Carried, type CarriedName } from './browser-state.ts'
import { Cookies } from './cookies.ts'
import { formsOfSession, type FormerSession, type FormHolder, type FormTokens } from './form-token.ts'

/**
 * What the store may hold of a session: nothing that decides who somebody is. Truth about sessions is in PostgreSQL.
 * Until a release of November 2026 it also held the words that `BrowserState` carries, and the token of its forms.
 */
declare module 'express-session' {
  interface SessionData extends Carried {
    /** An empty session is not stored; this one is to be. */
    here?: boolean
    /** Newest first. An earlier release kept the digest of the token itself. */
    former?: FormerSession[]
    /** The token of all forms of a session of an earlier release. */
    csrfToken?: string
  }
}
/** A UUID; anything else is not ours. */
const idForm = /^[0-9a-f-]{36}$/

/** Of how many sessions before this one a form is still known. */
const formerMost = 5

/**
 * A session under a new id is saved once more by express-session when its answer ends, after the headers are out. A
 * browser that is quicker would find what its next request wrote undone by that.
 */
function saveOnce(session: Request['session']): void {
  const { save } = session
  let saved = ''
  const once: typeof save = function (this: typeof session, done) {
    const now = JSON.stringify(this)
    if (now === saved) {
      done?.(null)
      return this
    }
    saved = now
    return save.call(this, (error) => {
      if (error) saved = ''
      done?.(error)
    })
  }
  Object.defineProperty(session, 'save', { configurable: true, writable: true, enumerable: false, value: once })
}

export interface BrowserOptions {
  request: Request
  response: Response
  /** The keys of the firm it is at; none at the installation's own host, where nothing is carried. */
  vault: Vault | null
  /** In milliseconds since 1970. */
  now(): number
  tokens: FormTokens
}

/** A message for the page one arrives at: the key of its text, the names it says, and a tone where it is no good news. */
export interface Flash {
  key: string
  params?: Record<string, string | number>
  tone?: string
}

/** The person's browser as a module may know it: what it carries between pages, and the name of its session, if it has one. */
export class Browser implements FormHolder {
  readonly #request: Request
  readonly tokens: FormTokens
  readonly #cookies: Cookies
  readonly #state: BrowserState | null
  /** The session this request came with, once there is a newer one. */
  #came: { id: string; session: Request['session'] } | null = null
  #unsaved = false
  #own: string | null = null
  constructor({ request, response, vault, now, tokens }: BrowserOptions) {
    this.#request = request
    this.tokens = tokens
    this.#cookies = new Cookies(request, response)
    const earlier = () => (request.session?.csrfToken ? request.session : undefined)
    this.#state = vault && new BrowserState({ cookies: this.#cookies, vault, now, earlier })
  }

  /** Whether the server keeps a session for this browser. There is none before somebody signs in or opens a mailed link. */
  get hasSession(): boolean {
    const { session } = this.#request
    return Boolean(session?.here ?? session?.csrfToken)
  }

  /** Whether this request gave it another session. */
  get renewed(): boolean {
    return this.#came !== null
  }

  /** By what this browser is known: SHA-256 of its session's id, as PostgreSQL knows that; before there is one, of its own cookie. */
  get digest(): string {
    return digest(this.hasSession ? this.#request.sessionID : this.#id)
  }

  /** A random number that is stored nowhere: what a browser without a session is told apart by. */
  get #id(): string {
    const known = this.#own ?? this.#cookies.get('browser') ?? ''
    if (idForm.test(known)) return known
    this.#own = crypto.randomUUID()
    this.#cookies.set('browser', this.#own)
    return this.#own
  }

  get formsOf(): string | null {
    if (this.hasSession) return formsOfSession(this.digest)
    const outOfReach = !this.#request.session && this.#cookies.get('portal') !== null
    return outOfReach ? null : `browser|${this.#id}`
  }
  get earlierToken(): string | null {
    return this.#request.session?.csrfToken ?? null
  }
  get former(): FormerSession[] {
    return this.#request.session?.former ?? []
  }

  get(name: CarriedName): string | null {
    return this.#state?.get(name) ?? null
  }
  set(name: CarriedName, value: string): void {
    this.#state?.set(name, value)
  }
  delete(name: CarriedName): void {
    this.#state?.delete(name)
  }
  /** Reads a word and forgets it. */
  take(name: CarriedName): string | null {
    const value = this.get(name)
    this.delete(name)
    return value
  }
  /** A message for the page one arrives at; a text that asks for nothing is its key alone. */
  flash(said: PlainKey | Text, tone?: 'info'): void {
    const { key, params = {} } = typeof said === 'string' ? { key: said } : said
    this.set('notice', JSON.stringify({ key, params, ...(tone && { tone }) } satisfies Flash))
  }
  /** The message, once. One that an earlier release kept is its key alone, with `info:` before it where it was no good news. */
  takeFlash(): Flash | null {
    const kept = this.take('notice')
    if (kept === null) return null
    if (kept.startsWith('{')) return JSON.parse(kept) as Flash
    const [key = '', tone] = kept.split(':').reverse()
    return { key, ...(tone && { tone }) }
  }

  /** The token by which this computer is trusted, a cookie of its own: it outlives the session. */
  get trust(): string | null {
    return this.#cookies.get('trust')
  }
  /** @param life in milliseconds */
  setTrust(token: string, life: number): void {
    this.#cookies.set('trust', token, life)
  }
  /** The token by which accounts that signed in here know this browser again: it outlives the session, and lets nobody in. */
  get known(): string | null {
    return this.#cookies.get('known')
  }
  /** @param life in milliseconds */
  setKnown(token: string, life: number): void {
    this.#cookies.set('known', token, life)
  }
  /** The tokens by which this browser is an approving device, one for each account. */
  get promptDevices(): string[] {
    return (this.#cookies.get('approver') ?? '').split('.').filter(Boolean)
  }
  /** @param life in milliseconds */
  setPromptDevices(tokens: string[], life: number): void {
    this.#cookies.set('approver', tokens.join('.'), life)
  }

  /**
   * A new session id, as at every rise of level. Forms of the old one are refused from here on, but stay known as this
   * browser's own, so that what was typed into them is not lost.
   * @param goesOn the same person's session goes on under the new id: the old digest will not be found any more
   * @returns the new digest
   */
  renew({ goesOn = false } = {}): string {
    // Read before the session is another one: an earlier release kept these words in it.
    for (const name of ['identifier', 'again'] as const) this.delete(name)
    const { sessionID: id, session, sessionStore } = this.#request
    this.#came ??= { id, session }
    const old = this.hasSession ? this.digest : null
    const { csrfToken, former = [] } = session
    const before: FormerSession[] = [
      ...(old ? [{ formsOf: old, digest: old }] : []),
      ...(old && csrfToken ? [{ token: digest(csrfToken), digest: old }] : []),
      ...former,
    ].slice(0, formerMost)
    // Not `regenerate`: the old id stays, so that a form sent twice gets an answer. It is nobody's any more.
    sessionStore.generate(this.#request)
    saveOnce(this.#request.session)
    this.#request.session.here = true
    this.#request.session.former = before.map((each) =>
      goesOn && each.digest === old ? { ...each, digest: this.digest } : each,
    )
    this.#unsaved = true
    return this.digest
  }

  /** As the browser came: what failed is rolled back, and leaves no new session and no good news behind. */
  rollBack(): void {
    if (this.#came) Object.assign(this.#request, { sessionID: this.#came.id, session: this.#came.session })
    this.#came = null
    this.#unsaved = false
    this.#state?.rollBack()
  }

  /**
   * Saves what is new, before the answer: express-session sends the headers first and saves then, and a browser that
   * follows at once would come too early to be known.
   */
  async save(): Promise<void> {
    this.#state?.write()
    if (!this.#unsaved) return
    await new Promise<void>((resolve, reject) =>
      this.#request.session.save((error) => (error ? reject(error) : resolve())),
    )
    this.#unsaved = false
  }
}
