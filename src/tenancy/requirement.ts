import type { Expression } from 'kysely'
import type { PlainKey } from '../platform/i18n/texts.ts'
import type { Policy } from './policy.ts'
import type { SessionFacts } from './person.ts'
import type { Services } from './services.ts'
import type { Tenant } from './tenants.ts'

/** A firm as far as what it asks is concerned: its choices of today and all it published before. */
export type Publications = Pick<Tenant, 'policy' | 'version' | 'versions' | 'published'>

/** What a requirement may look at beside the choices and what somebody has. */
export interface Asking extends Pick<Publications, 'versions'> {
  modules: Pick<Services['modules'], 'factors'>
}

/**
 * Something a firm asks of everybody, also of accounts that were there before it asked. One place says what it is; it is
 * used at signing in, on each request of an open session, on the home page and for the mail that tells it.
 */
export interface Requirement<F = unknown> {
  /** Kept with a flow that was begun because of it, so it keeps its spelling. */
  readonly name: string
  /** The key of its text on the page that says what is asked. */
  readonly words: PlainKey
  /** Title and text of that page where nothing else is asked; left out: those of making an account more secure. */
  readonly alone?: { title: PlainKey; text: PlainKey }
  /** What an account has of it: a fragment that gives JSON, for any statement that knows the account's id. */
  fact(account: Expression<string>, services: Pick<Services, 'modules'>): Expression<unknown>
  /** What somebody has who set up nothing, and whose account is as old as the firm. */
  readonly bare: F
  /** Whether who has this lacks what these choices ask. */
  lacks(policy: Policy, has: F, asking: Asking): boolean
  /** The choices as they hold for whose facts these are; left out, they hold alike for everybody. */
  choices?(policy: Policy, has: F, asking: Asking): Policy
  /** Not asked before this day, whenever it was published. */
  notBefore?(policy: Policy): Temporal.PlainDate | null
  /** Not asked of who came in one of these ways. */
  readonly notAfter?: readonly SessionFacts['via'][]
  /** The steps that fulfil it: `written` are those about it that the firm wrote down; else these, with what they say. */
  readonly steps: 'written' | readonly { step: string }[]
}

/** Says what a requirement is; its functions know its own facts. */
export const defineRequirement = <F>(requirement: Requirement<F>): Requirement<F> => requirement
