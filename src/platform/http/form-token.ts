import { timingSafeEqual } from 'node:crypto'
import { Tokens } from '@fastify/csrf'
import type { Request } from 'express'
import { digest } from '../crypto/encryption.ts'
import { safe } from './guard.ts'

export type FormTokens = ReturnType<typeof createFormTokens>

/**
 * Makes and checks the tokens of forms: an HMAC of what a form is bound to. Each has a salt of its own, so that no two
 * answers show the same one (BREACH).
 */
export const createFormTokens = (key: string) => new Tokens({ userInfo: false, hmacKey: key })

/** A session a browser had before: the digest its forms are bound to, or of an earlier release that of their token; and the digest it is known by now. */
export type FormerSession = { formsOf: string; digest: string } | { token: string; digest: string }

/** What is known of a browser that shows forms and sends them. */
export interface FormHolder {
  readonly tokens: FormTokens
  /** What its forms are bound to: its session, or before there is one the browser itself; null where its session is out of reach. */
  readonly formsOf: string | null
  /** The token of this session's forms that an earlier release made. */
  readonly earlierToken: string | null
  /** The sessions this browser had before, newest first. */
  readonly former: FormerSession[]
}

/** What the forms of a session are bound to, by its digest. */
export const formsOfSession = (session: string): string => `session|${session}`

/**
 * The token for the forms of an answer: made from what this browser's forms are bound to (see `FormHolder.formsOf`), kept
 * nowhere. Empty where the sessions are out of reach: such a form could not be taken anyway.
 */
export function formToken(browser: FormHolder | undefined): string {
  const bound = browser?.formsOf ?? null
  return bound === null ? '' : browser!.tokens.create(bound)
}

/**
 * Whose form this is, by its token: of this browser's session, or before there is one of this browser; of a session that
 * this very browser had before, by the digest that one has now (see `Browser.renew`); or of nobody's.
 */
export type FormOwner = { of: 'this' } | { of: 'former'; digest: string } | { of: 'none' }

const sentWith = (request: Request): string | null => {
  const sent: unknown = request.get('x-csrf-token') ?? request.body?._csrf
  return typeof sent === 'string' ? sent : null
}

/** Only a form of the session it comes with may change anything; one of a former session is worth no more than its text. */
export function formOwner(request: Request, browser: FormHolder | undefined): FormOwner {
  if (safe.has(request.method)) return { of: 'this' }
  const sent = sentWith(request)
  if (sent === null || !browser) return { of: 'none' }
  const { tokens, formsOf, earlierToken } = browser
  if (formsOf !== null && tokens.verify(formsOf, sent)) return { of: 'this' }
  if (earlierToken && same(earlierToken, sent)) return { of: 'this' }
  const former = browser.former.find((each) =>
    'token' in each ? same(each.token, digest(sent)) : tokens.verify(formsOfSession(each.formsOf), sent),
  )
  return former ? { of: 'former', digest: former.digest } : { of: 'none' }
}

const same = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(digest(one)), Buffer.from(digest(other)))
