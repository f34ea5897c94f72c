import type { Request } from 'express'
import type { z } from 'zod'
import { notFound, oddForm } from '../platform/http/errors.ts'
import { mayBeKept, type Route } from './route.ts'

/** Sent with every form, and not the module's business; some text browsers send fields without a name as well. */
const notTheirs = new Set(['_csrf', 'nonce', ''])

/**
 * What was sent, through the route's strict schema. Of a query only what the schema names is looked at: mail programs
 * hang things on addresses. An address of another form is an address that does not exist.
 * @throws Refusal 404 for a bad part of the address, 422 for a bad form
 */
export function read(route: Route, request: Request): unknown {
  const known = Object.keys((route.schema as z.ZodObject).shape ?? {})
  const params = request.params as Record<string, string>
  const sent: Record<string, unknown> =
    route.method === 'get'
      ? picked(known.length ? request.query : {}, known)
      : Object.fromEntries(Object.entries((request.body ?? {}) as object).filter(([name]) => !notTheirs.has(name)))
  const file =
    route.upload && request.file ? { file: { name: request.file.originalname, bytes: request.file.buffer } } : {}
  const parsed = route.schema.safeParse({ ...sent, ...file, ...params })
  if (parsed.success) return parsed.data
  const inAddress = parsed.error.issues.some((issue) => String(issue.path[0]) in params)
  throw inAddress || route.method === 'get' ? notFound() : oddForm()
}

const picked = (from: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]))

/** What a person typed into a form, as far as it may be kept, and the page of ours where it can be shown again. */
export interface TypedForm {
  page: string
  fields: Record<string, string>
}

/**
 * What may be kept of a form that cannot be taken now: only what the route's schema says a person typed and is no
 * secret, and only of a form the route would have read. Null when there is nowhere to show it again.
 * @param page the page the form stood on
 */
export function typedForm(route: Route, request: Request, page: string | null): TypedForm | null {
  if (page === null) return null
  try {
    read(route, request)
  } catch {
    return { page, fields: {} }
  }
  const kept = Object.entries((route.schema as z.ZodObject).shape ?? {})
    .filter(([, field]) => mayBeKept(field))
    .map(([name]) => name)
  const sent = (request.body ?? {}) as Record<string, unknown>
  return {
    page,
    fields: Object.fromEntries(kept.flatMap((name) => (typeof sent[name] === 'string' ? [[name, sent[name]]] : []))),
  }
}

/** The form's own number, made when it was shown. */
export function nonceOf(request: Request): string | null {
  const nonce: unknown = request.body?.nonce
  return typeof nonce === 'string' && /^[0-9a-f-]{36}$/.test(nonce) ? nonce : null
}
