import { parse as parseCookies } from 'cookie'
import type { Request, Response } from 'express'
import { digest } from '../crypto/encryption.ts'

/** What the cookie's session may hold: nothing that decides who somebody is. Truth about sessions is in PostgreSQL. */
declare module 'express-session' {
  interface SessionData {
    /** Chosen here. */
    language?: string
    /** On the pages of which mailed link that was, as a digest. */
    chosenAt?: string
    /** What the page before spoke, without being told. */
    heard?: string
    notice?: string
    identifier?: string
    back?: string
    drafts?: string
    /** Sessions this browser had before: the digest each was known by, and of its form token, newest first. */
    former?: { token: string; digest: string }[]
    /** From when something that was asked can be asked again (RFC 9557). */
    again?: string
    /** An empty session is not stored; this one is to be. */
    here?: boolean
  }
}
const kept = [
  'language',
  'chosenAt',
  'heard',
  'notice',
  'identifier',
  'back',
  'drafts',
  'former',
  'again',
  'here',
] as const
type Kept = Exclude<(typeof kept)[number], 'here' | 'former'>
/** Of how many sessions before this one a form is still known. */
const formerMost = 5

/**
 * A session under a new id is saved once more by express-session when its answer ends, after the headers are out. A
 * browser that is quicker would find what its next request wrote, such as the token of the form it shows, undone by that.
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

/** The person's browser as a module may know it: a few words kept between pages, and its session's name. */
export class Browser {
  readonly #request: Request
  readonly #response: Response
  readonly #came: { id: string; session: Request['session']; words: Partial<Request['session']> }
  #changed = false
  constructor(request: Request, response: Response) {
    this.#request = request
    this.#response = response
    const { sessionID: id, session } = request
    this.#came = { id, session, words: Object.fromEntries(kept.map((name) => [name, session?.[name]])) }
  }

  /** SHA-256 of the session id: what PostgreSQL knows the session by. */
  get digest(): string {
    return digest(this.#request.sessionID)
  }

  get(name: Kept): string | null {
    return this.#request.session?.[name] ?? null
  }
  set(name: Kept, value: string): void {
    this.#request.session[name] = value
    this.#changed = true
  }
  delete(name: Kept): void {
    if (this.#request.session?.[name] === undefined) return
    delete this.#request.session[name]
    this.#changed = true
  }
  /** A message for the page one arrives at: the key of its text, the names it says, and a tone where it is no good news. */
  flash(key: string, params: Record<string, string | number> = {}, tone?: 'info'): void {
    this.set('notice', JSON.stringify({ key, params, ...(tone && { tone }) }))
  }
  /** The message, once. One that an earlier release kept is its key alone, with `info:` before it where it was no good news. */
  takeFlash(): { key: string; params?: Record<string, string | number>; tone?: string } | null {
    const kept = this.take('notice')
    if (kept === null) return null
    if (kept.startsWith('{')) return JSON.parse(kept) as { key: string }
    const [key = '', tone] = kept.split(':').reverse()
    return { key, ...(tone && { tone }) }
  }
  /** Reads a word and forgets it: a notice is shown once. */
  take(name: Kept): string | null {
    const value = this.get(name)
    this.delete(name)
    return value
  }

  /** The token by which this computer is trusted, a cookie of its own: it outlives the session. */
  get trust(): string | null {
    return this.#cookie('trust')
  }
  /** @param life in milliseconds */
  setTrust(token: string, life: number): void {
    this.#setCookie('trust', token, life)
  }

  /** The token by which accounts that signed in here know this browser again: it outlives the session, and lets nobody in. */
  get known(): string | null {
    return this.#cookie('known')
  }
  /** @param life in milliseconds */
  setKnown(token: string, life: number): void {
    this.#setCookie('known', token, life)
  }

  /** The tokens by which this browser is an approving device, one for each account. */
  get approvers(): string[] {
    return (this.#cookie('approver') ?? '').split('.').filter(Boolean)
  }
  /** @param life in milliseconds */
  setApprovers(tokens: string[], life: number): void {
    this.#setCookie('approver', tokens.join('.'), life)
  }

  #cookie(name: string): string | null {
    return parseCookies(this.#request.get('cookie') ?? '')[this.#cookieName(name)] ?? null
  }
  #setCookie(name: string, value: string, life: number): void {
    this.#response.cookie(this.#cookieName(name), value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.#request.secure,
      path: '/',
      maxAge: life,
    })
  }
  #cookieName(name: string): string {
    return this.#request.secure ? `__Host-${name}` : name
  }

  /**
   * A new session id, as at every rise of level; the few words go along. Forms of the old one are refused from here on,
   * but stay known as this browser's own, so that what was typed into them is not lost.
   * @param goesOn the same person's session goes on under the new id: the old digest will not be found any more
   * @returns the new digest
   */
  renew({ goesOn = false } = {}): string {
    const words = (['language', 'chosenAt', 'heard', 'notice', 'back', 'drafts'] as const).map(
      (name) => [name, this.get(name)] as const,
    )
    const { csrfToken, former = [] } = this.#request.session
    const before = [...(csrfToken ? [{ token: digest(csrfToken), digest: this.digest }] : []), ...former].slice(
      0,
      formerMost,
    )
    const old = this.digest
    // Not `regenerate`: the old id keeps its form token, so that a form sent twice gets an answer. It is nobody's any more.
    this.#request.sessionStore.generate(this.#request)
    saveOnce(this.#request.session)
    this.#request.session.here = true
    this.#request.session.former = before.map((each) =>
      goesOn && each.digest === old ? { ...each, digest: this.digest } : each,
    )
    this.#changed = true
    for (const [name, word] of words) if (word) this.set(name, word)
    return this.digest
  }

  /** As the browser came: what failed is rolled back, and leaves no new session and no good news behind. */
  rollBack(): void {
    const { id, session, words } = this.#came
    Object.assign(this.#request, { sessionID: id, session })
    for (const name of kept)
      if (words[name] === undefined) delete session[name]
      else Object.assign(session, { [name]: words[name] })
    this.#changed = false
  }

  /**
   * Saves what was kept, before a redirect: express-session sends the headers first and saves then, and a browser that
   * follows at once would come too early to be known.
   */
  async save(): Promise<void> {
    if (!this.#changed) return
    await new Promise<void>((resolve, reject) =>
      this.#request.session.save((error) => (error ? reject(error) : resolve())),
    )
    this.#changed = false
  }
}
