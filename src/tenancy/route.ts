import { z } from 'zod'
import type { Answer } from '../platform/http/answer.ts'
import type { Upload } from '../platform/http/uploads.ts'
import type { Level, Levels, PersonContext } from './context.ts'
import type { Permission } from './permission.ts'

/** One address of a module: who may come, what may be sent, what happens. Without level or schema the start stops. */
export interface Route {
  method: 'get' | 'post'
  path: string
  level: Level
  /** What who is signed in must be allowed, to find anything here. */
  permission?: Permission
  schema: z.ZodType
  /** Why it needs no step-up, in a module where people see and change how they sign in. */
  withoutStepUp?: string
  /** Takes a form with one file, in the field `file`. */
  upload?: boolean
  /** A stranger's password is checked: where too many are, it is refused before anything is read or counted. */
  hashes?: boolean
  handle: (context: never, input: never) => Answer | Promise<Answer>
}

/** Who may come: how far in they must be, or what they must be allowed once they are signed in. */
type Access = Level | Permission
type ContextOf<A extends Access> = A extends Level ? Levels[A] : PersonContext
type Handle<A extends Access, S extends z.ZodType> = (
  context: ContextOf<A>,
  input: z.output<S>,
) => Answer | Promise<Answer>

const accessOf = (access: Access) =>
  typeof access === 'object' ? { level: 'signedIn' as const, permission: access } : { level: access }

/** GET shows and never changes anything. */
export const get = <A extends Access, S extends z.ZodType>(
  path: string,
  access: A,
  schema: S,
  handle: Handle<A, S>,
): Route => ({ method: 'get', path, ...accessOf(access), schema, handle })
/** POST is the only method that changes anything. */
export const post = <A extends Access, S extends z.ZodType>(
  path: string,
  access: A,
  schema: S,
  handle: Handle<A, S>,
): Route => ({ method: 'post', path, ...accessOf(access), schema, handle })

/** POST of a form with a file; the schema has a field `file: file()`. */
export const postFile = <A extends Access, S extends z.ZodType>(
  path: string,
  access: A,
  schema: S,
  handle: Handle<A, S>,
): Route => ({ ...post(path, access, schema, handle), upload: true })

/** Routes at which anybody may have a password checked. */
export const hashes = (routes: Route[]): Route[] => routes.map((route) => ({ ...route, hashes: true }))

/** Routes that need no step-up although they stand in a module where people see and change how they sign in. @param why a sentence for who reads the module */
export const withoutStepUp = (why: string, routes: Route[]): Route[] =>
  routes.map((route) => ({ ...route, withoutStepUp: why }))

/** Nothing may be sent along. */
export const nothing = z.strictObject({})

/** Longer than any field needs; what a field really may hold is checked where its words are known. */
const lineLimit = 2000
/** Fields a person typed that are nobody's secret: only these may be kept for who has to sign in first. Anything new is not, until it says so. */
const typed = z.registry<{ kept: true }>()
/** Whether what was typed into this field may be kept, sealed, while its owner signs in. */
export const mayBeKept = (field: unknown): boolean => field instanceof z.ZodType && typed.has(field)

// Control characters have no place in a line; a tab pasted along with a value does no harm.
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000a-\u001f\u007f]/

/** One line of text: NFC (Unicode TR15), trimmed, absent is ''. */
export const line = () =>
  z
    .string()
    .max(lineLimit)
    .refine((text) => !control.test(text))
    .transform((text) => text.normalize('NFC').trim())
    .default('')
    .register(typed, { kept: true })
/** Exactly what was typed: passwords are never trimmed, cut or cleaned. Longer texts than this are refused unread. */
export const secret = () => z.string().max(lineLimit).default('')
/** What shows who somebody is: a code or an answer as typed, or what a passkey signed (JSON). Never kept. */
export const proof = () =>
  z
    .string()
    .max(20_000)
    .refine((text) => !control.test(text))
    .transform((text) => text.normalize('NFC').trim())
    .default('')
/** The file of the form; null when none was chosen. */
export const file = () =>
  z
    .custom<Upload>((sent) => Buffer.isBuffer((sent as Upload | undefined)?.bytes))
    .nullable()
    .default(null)
/** Text of several lines, such as a list. */
export const lines = () => z.string().max(60_000).default('').register(typed, { kept: true })
/** A checkbox: ticked or not there. */
export const ticked = () =>
  z
    .enum(['yes'])
    .optional()
    .transform((value) => value === 'yes')
    .register(typed, { kept: true })
/** A part of the address that must be a uuid. */
export const id = () => z.uuid()
