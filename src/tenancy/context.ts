import type { Translate } from '../platform/i18n/texts.ts'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Browser } from '../platform/http/browser.ts'
import { linkIn } from '../platform/i18n/language.ts'
import type { Log } from '../platform/log/log.ts'
import { networkOf } from '../platform/limits/network.ts'
import type { Kind } from '../platform/outbox/message.ts'
import type { Language, Policy } from './policy.ts'
import { choicesFor } from './own-people.ts'
import { isOwnPeople, type Person, type SessionFacts } from './person.ts'
import { unsealed } from './decrypt.ts'
import type { Tenant } from './tenants.ts'
import type { Services } from './services.ts'

export type { Person, SessionFacts }

/** What every request and every job has in hand. Made per request from host and clock; one fork, one tenant. */
export interface ContextFacts {
  readonly services: Services
  readonly tenant: Tenant
  readonly now: Temporal.Instant
  readonly em: EntityManager
  language: Language
  readonly network: string
  readonly agent: string
  readonly browser: Browser
  log: Log
  /** The form's own number, so that the same form sent twice has one effect. */
  readonly nonce: string | null
  /** A page that refreshes itself asks, not a person: such a request keeps no session alive. */
  readonly background: boolean
  /** Only a piece of a page is asked for. */
  readonly part: boolean
  /** The language is that of a mailed link's person, over what was chosen in this browser for something else. */
  byLink?: boolean
  /** Computed once, by `Context.today`. */
  today?: Temporal.PlainDate
  /** Of which kinds this request put messages in the outbox. */
  messagesQueued?: Set<Kind>
  /** Set when this request wrote in the firm's log. */
  logged?: boolean
  /** The page of ours that the request was made from, where the browser tells. */
  readonly stoodOn?: string | null
  /** Path of the request, for the language switch and for coming back after signing in. */
  readonly path: string
}

/** The request's context: whose installation are we in, who is here, what time is it. First argument of every domain function. */
export class Context {
  readonly facts: ContextFacts
  person: Person | null = null
  session: SessionFacts | null = null
  /** There is a session, but the firm asks more by now than its person has: they must sign in anew. */
  overdue = false
  /** Inside a transaction: what is written is not there yet for others. */
  private readonly within: EntityManager | null = null
  constructor(facts: ContextFacts) {
    this.facts = facts
  }

  /** Through which the database is asked: bound to the firm, and inside a transaction to that. */
  get em(): EntityManager {
    return this.within ?? this.facts.em
  }

  get services(): Services {
    return this.facts.services
  }
  get tenant(): Tenant {
    return this.facts.tenant
  }
  get policy() {
    return this.facts.tenant.policy
  }
  /** The firm's choices as they hold for who is here: of its own people more is asked. */
  get choices(): Policy {
    return choicesFor(this.services.modules, this.policy, this.person !== null && isOwnPeople(this.person))
  }
  get now(): Temporal.Instant {
    return this.facts.now
  }
  get browser(): Browser {
    return this.facts.browser
  }
  get language(): Language {
    return this.facts.language
  }
  get log(): Log {
    return this.facts.log
  }
  /** Where the request came from, as limits count it: one household or office. */
  get network(): string {
    return networkOf(this.facts.network)
  }
  /** The request's moment, as the database takes it. */
  get at(): Date {
    return new Date(this.facts.now.epochMilliseconds)
  }

  /** The request's day, on the firm's calendar. */
  get today(): Temporal.PlainDate {
    return (this.facts.today ??= this.now.toZonedDateTimeISO(this.policy.zone).toPlainDate())
  }

  /**
   * A mailed link was opened: whoever it was for decides the language, unless somebody is signed in, or another was
   * chosen on this link's own pages.
   */
  speakFor(language: Language): void {
    if (this.person || !this.policy.languages.includes(language)) return
    const here = linkIn(this.facts.path)
    if (here && here === this.browser.get('chosenAt')) return
    Object.assign(this.facts, { language, byLink: true })
  }

  /** A new session for this browser, as at every rise of level; the next page speaks as this one did. See Browser.renew. @returns its digest */
  renewSession(options?: { goesOn: boolean }): string {
    if (this.facts.byLink) this.browser.delete('language')
    this.browser.set('heard', this.language)
    return this.browser.renew(options)
  }

  /** A text in the visitor's language; every text may name {firm}. */
  get t(): Translate {
    return this.services.presentation(this.tenant).texts.translator(this.language, { firm: this.policy.name })
  }

  /** The moment this long from now (negative: ago), counted on the firm's calendar. */
  from(duration: string | Temporal.Duration): Date {
    const later = this.now.toZonedDateTimeISO(this.policy.zone).add(duration)
    return new Date(later.epochMilliseconds)
  }
  ago(duration: string): Date {
    return this.from(Temporal.Duration.from(duration).negated())
  }

  /** All or nothing: inside, use the request that is handed over. What was posted inside is looked at when it is really there. */
  async transaction<T>(work: (context: this) => Promise<T>): Promise<T> {
    const result = await this.em.transactional(async (em) =>
      work(Object.assign(Object.create(Object.getPrototypeOf(this)), this, { within: em }) as this),
    )
    if (!this.within && this.facts.messagesQueued) this.services.wakeOutbox(this.facts.messagesQueued)
    if (!this.within && this.facts.logged) this.services.logged(this.tenant.id)
    return result
  }

  /** Something was written in the firm's log. */
  logged(): void {
    this.facts.logged = true
    if (!this.within) this.services.logged(this.tenant.id)
  }

  /** Something was put in the outbox. */
  messageQueued(kind: Kind): void {
    const queued = (this.facts.messagesQueued ??= new Set())
    queued.add(kind)
    if (!this.within) this.services.wakeOutbox(queued)
  }

  /** Additional data for sealing: says where the sealed text belongs, so that it cannot be moved. */
  associatedData(table: string, column: string, row: string): string {
    return [this.tenant.id, table, column, row].join('|')
  }

  /** Opens what was sealed in this place. @returns null for what was altered or moved there: it counts as absent, and the log says where it stands */
  unseal(table: string, column: string, row: string, sealed: string): string | null {
    return unsealed(this, { table, column, row }, this.associatedData(table, column, row), sealed)
  }
}

/** A request to the installation itself, at no firm: the development pages. */
export interface InstallationContext {
  services: Services
  now: Temporal.Instant
  language: Language
  /** The firm whose address was used, if any. */
  tenant: Tenant | null
}

/** A context of nobody: for what happens by itself, from the command line, and for the invented people. */
export function unattendedContext(services: Services, tenant: Tenant, em: EntityManager): Context {
  return new Context({
    services,
    tenant,
    em,
    now: services.clock.now(),
    language: tenant.policy.languages[0] ?? 'nl',
    log: services.log,
    network: '',
    agent: '',
    browser: null as never, // nobody's: what happens by itself asks for none
    nonce: null,
    path: '',
    background: true,
    part: false,
  })
}

/** A request of somebody with a session, at whatever level. */
export type PersonContext = Context & { person: Person; session: SessionFacts }

/** What each level of a route may count on. */
export interface Levels {
  /** The development pages, at every host. */
  installation: InstallationContext
  /** Anybody. */
  public: Context
  /** Setting up a factor: in an onboarding, where there may be nothing to show yet; or signed in, and stepped up only minutes ago. */
  enrolling: PersonContext
  /** Password given, second step not yet. */
  secondStep: PersonContext
  signedIn: PersonContext
  /** Signed in, and showed only minutes ago who they are: for changing how one signs in. */
  steppedUp: PersonContext
}
export type Level = keyof Levels
