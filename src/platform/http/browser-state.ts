import type { Vault } from '../crypto/encryption.ts'
import type { Cookies } from './cookies.ts'

/** What a browser carries from page to page. Nothing of it decides who somebody is. */
export interface Carried {
  /** Chosen here. */
  language?: string
  /** On the pages of which mailed link that was, as a digest. */
  chosenAt?: string
  /** What the page before spoke, without being told. */
  heard?: string
  /** The message for the page one arrives at, as JSON. */
  notice?: string
  identifier?: string
  /** The page to go back to after signing in or showing once more who one is. */
  back?: string
  /** Which draft belongs to which page, as JSON. */
  drafts?: string
  /** From when something that was asked can be asked again (RFC 9557). */
  again?: string
}
export type CarriedName = keyof Carried
const names: CarriedName[] = ['language', 'chosenAt', 'heard', 'notice', 'identifier', 'back', 'drafts', 'again']

const cookie = 'state'
/** How long it is good for since it last changed, in milliseconds: as long as a session may last. */
const lifetime = 24 * 3_600_000
/** Longer than any of these needs to be, in bytes: together they fit a cookie (RFC 6265 §6.1 asks 4096 bytes). */
const longest = 600

interface Options {
  cookies: Cookies
  /** The firm's keys: what one firm's browser carries is unreadable at another. */
  vault: Vault
  /** In milliseconds since 1970. */
  now(): number
  /** What a session of an earlier release, which kept these words on the server, has of them. */
  earlier(): Carried | undefined
}

/**
 * The few words that pages of one browser say to each other: a message, the way back, the language that was chosen. They
 * travel in one short-lived cookie, encrypted since they may say something about a person, so that nothing is stored for
 * who has done nothing yet.
 */
export class BrowserState {
  readonly #options: Options
  #carried: Carried | null = null
  #changed = false
  constructor(options: Options) {
    this.#options = options
  }

  get(name: CarriedName): string | null {
    return this.#all()[name] ?? null
  }
  /** What is too long to be carried is left out. */
  set(name: CarriedName, value: string): void {
    if (Buffer.byteLength(value) > longest) return this.delete(name)
    if (this.#all()[name] === value) return
    this.#all()[name] = value
    this.#changed = true
  }
  delete(name: CarriedName): void {
    if (this.#all()[name] === undefined) return
    delete this.#all()[name]
    this.#changed = true
  }

  /** As it came with the request. */
  rollBack(): void {
    this.#carried = null
    this.#changed = false
  }

  /** Puts what changed into the answer's cookie. Headers must not be out yet. */
  write(): void {
    if (!this.#changed) return
    const { cookies, vault, now, earlier } = this.#options
    // Where it goes on with what an earlier release kept, an empty one says that those words are used up.
    if (Object.keys(this.#all()).length || earlier())
      cookies.set(cookie, vault.seal(cookie, JSON.stringify({ ...this.#all(), until: now() + lifetime })))
    else cookies.clear(cookie)
    this.#changed = false
  }

  #all(): Carried {
    return (this.#carried ??= this.#read())
  }
  /** Altered, too old, or sealed with a key that is gone: as if there were none. */
  #read(): Carried {
    const { cookies, vault, now, earlier } = this.#options
    const sealed = cookies.get(cookie)
    if (sealed !== null) {
      const { until, ...carried } = opened(vault, sealed)
      return until > now() ? carried : {}
    }
    const before = earlier() ?? {}
    const carried = names.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]] as const]))
    this.#changed ||= carried.length > 0
    return Object.fromEntries(carried)
  }
}

function opened(vault: Vault, sealed: string): Carried & { until: number } {
  try {
    return JSON.parse(vault.open(cookie, sealed)) as Carried & { until: number }
  } catch {
    return { until: 0 }
  }
}
