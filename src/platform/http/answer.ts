import type { Text } from '../i18n/texts.ts'
import type { Beside, View } from '../views/view.ts'

/**
 * What a route answers, as a value. Modules say what; `app.ts` turns it into bytes, and decides between
 * a whole page and the part that htmx asks for.
 */
export type Answer = Page | See | Json | Bytes | Part

export interface Page {
  kind: 'page'
  view: string
  status: number
  data: object
  /** Text keys by field; '' is the form as a whole. */
  errors: FieldErrors
  layout?: 'entry' | 'portal' | 'plain'
}
export interface Part {
  kind: 'part'
  view: string
  data: object
}
/** With status 401 the address is where to sign in first (htmx only: a page says so itself). */
export interface See {
  kind: 'see'
  to: string
  clear: boolean
  status?: 401
}
export interface Json {
  kind: 'json'
  body: unknown
  status: number
}
/** `policy` is a Content-Security-Policy of its own, for what somebody else wrote. */
export interface Bytes {
  kind: 'bytes'
  type: string
  body: Buffer | string
  name?: string
  policy?: string
}

/** A mistake in a field: the key of its text, and what the text needs to know. */
export type FieldError = Text
export type FieldErrors = Record<string, FieldError>

/** The data may be left out where the view needs none. */
type Filling<Data extends object> =
  Partial<Data> extends Data
    ? [data?: NoInfer<Data> & Beside, status?: number]
    : [data: NoInfer<Data> & Beside, status?: number]

/** A page: its view, filled. */
export function page<Data extends object>({ name: view }: View<Data>, ...[data, status]: Filling<Data>): Page {
  return { kind: 'page', view, data: data ?? {}, status: status ?? 200, errors: {} }
}
/** The same page once more with what is wrong: 422, or another status where the act as such is refused. */
export const again = (shown: Page, errors: FieldErrors, status = 422): Page => ({ ...shown, errors, status })
/** Only a piece of a page, for the address that refreshes it. */
export const part = <Data extends object>({ name: view }: View<Data>, data: NoInfer<Data>): Part => ({
  kind: 'part',
  view,
  data,
})
/** 303 See Other; for htmx 204 with HX-Redirect. `clear` also empties what the browser kept (signing out). */
export const see = (to: string, clear = false): See => ({ kind: 'see', to, clear })
export const json = (body: unknown, status = 200): Json => ({ kind: 'json', body, status })
/** A file or picture; with a name it is offered as a download (RFC 6266). */
export const bytes = (type: string, body: Buffer | string, name?: string): Bytes => ({
  kind: 'bytes',
  type,
  body,
  ...(name && { name }),
})
