import type { TextKey } from '../i18n/texts.ts'
import { view } from '../views/view.ts'

/** What its page is called: `errors.<key>.title` and `.text`. */
export type RefusalKey = Exclude<
  TextKey extends infer Key ? (Key extends `errors.${infer Name}.title` ? Name : never) : never,
  'problem'
>

/**
 * An expected "no": shown to the person in words. `key` is a text of `views/shell`, `params` its parameters.
 * Anything else that is thrown is a fault of ours and becomes a 500.
 */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly key: RefusalKey
  readonly params: Record<string, string | number>
  constructor(status: number, key: RefusalKey, params: Record<string, string | number> = {}) {
    super(`${status} ${key}`)
    this.status = status
    this.key = key
    this.params = params
  }
}

/** 400: not a request as HTTP knows it (RFC 9110 section 15.5.1). */
export const badRequest = () => new Refusal(400, 'badRequest')
/** 404, the same for what does not exist and for what is somebody else's. */
export const notFound = () => new Refusal(404, 'notFound')
/** 403: the form was not sent from a page of ours, or too long ago (RFC 9110 §15.5.4). */
export const notFromHere = () => new Refusal(403, 'notFromHere')
/** 422: the form holds something no browser would send. */
export const oddForm = () => new Refusal(422, 'oddForm')
/** 429 with Retry-After in seconds (RFC 6585 §4). */
export const tooMany = (retryAfter: number) => new Refusal(429, 'tooMany', { retryAfter })

/** The one page for whatever goes wrong. `requestId` finds it in the log; `address` is where one was. */
export const problemView = view<{
  key: RefusalKey
  params: Record<string, string | number>
  requestId: string
  address: string
}>('errors/problem')
