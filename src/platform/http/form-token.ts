import { timingSafeEqual } from 'node:crypto'
import { Tokens } from '@fastify/csrf'
import type { Request } from 'express'
import { digest } from '../crypto/encryption.ts'
import type { Browser } from './browser.ts'
import { safe } from './guard.ts'

/** Each token has a salt of its own, so that no two answers show the same one (BREACH). */
const tokens = new Tokens({ userInfo: false })

/**
 * The token for the forms of an answer: made from what this browser's forms are bound to (see `Browser.formKey`), kept
 * nowhere. Empty where the sessions are out of reach: such a form could not be taken anyway.
 */
export function formToken(browser: Browser | undefined): string {
  const key = browser?.formKey ?? null
  return key === null ? '' : tokens.create(key)
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
export function formOwner(request: Request, browser: Browser | undefined): FormOwner {
  if (safe.has(request.method)) return { of: 'this' }
  const sent = sentWith(request)
  if (sent === null || !browser) return { of: 'none' }
  const { formKey, earlierToken } = browser
  if (formKey !== null && tokens.verify(formKey, sent)) return { of: 'this' }
  if (earlierToken && same(earlierToken, sent)) return { of: 'this' }
  const former = browser.former.find((each) =>
    'token' in each ? same(each.token, digest(sent)) : tokens.verify(browser.formKeyOf(each.formsOf), sent),
  )
  return former ? { of: 'former', digest: former.digest } : { of: 'none' }
}

const same = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(digest(one)), Buffer.from(digest(other)))
