import leven from 'leven'
import type { z } from 'zod'

/** At most so many letters may differ for a name to be taken for a slip of the pen: a third of it. */
const slip = (name: string) => Math.max(1, Math.floor(name.length / 3))

/** The name that was probably meant, or nothing. */
export function nearest(name: string, names: string[]): string | undefined {
  const [best] = names
    .map((each) => ({ each, far: leven(name.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)
  return best && best.far <= slip(name) ? best.each : undefined
}

const quoted = (values: readonly unknown[]) => values.map((each) => JSON.stringify(each)).join(', ')
const meant = (name: string, names: string[]) => {
  const best = nearest(name, names)
  return best ? `; did you mean "${best}"?` : names.length ? `; it may be ${quoted(names)}` : ''
}

const kinds: Record<string, string> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false, without quotes',
  array: 'a list in [ ]',
  object: 'an object in { }',
}
const units: Record<string, string> = { string: 'characters', array: 'entries' }
const formats: Record<string, string> = {
  email: 'a mail address such as "help@firm.example"',
  date: 'a date such as "2027-01-31"',
}

type Issue = Parameters<z.core.$ZodErrorMap>[0]
type Words = { [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => string | undefined }

const missing = (input: unknown, otherwise: string) =>
  input === undefined ? `is missing; it must be ${otherwise}` : `must be ${otherwise}`
/** Of an amount, a text or a list: with what is counted. */
const counted = (edge: 'at least' | 'at most', bound: number | bigint, origin: string) =>
  `must be ${edge} ${bound}${units[origin] ? ` ${units[origin]}` : ''}`
const keysOf = (inst: unknown): string[] =>
  Object.keys((inst as { _zod?: { def?: { shape?: object } } })._zod?.def?.shape ?? {})

const words: Words = {
  unrecognized_keys: ({ keys, inst }) =>
    keys.map((key) => `there is no choice "${key}"${meant(key, keysOf(inst))}`).join('; '),
  invalid_value: ({ values, input }) =>
    typeof input === 'string'
      ? `"${input}" is not possible${meant(
          input,
          values.filter((each) => typeof each === 'string'),
        )}`
      : missing(input, `one of ${quoted(values)}`),
  invalid_union: (issue) => {
    const {
      options = [],
      input,
      discriminator = '',
    } = issue as { options?: string[]; input?: unknown; discriminator?: string }
    const said = (input as Record<string, unknown> | undefined)?.[discriminator]
    return typeof said === 'string'
      ? `there is no "${said}"${meant(said, options)}`
      : `is missing; it must be one of ${quoted(options)}`
  },
  invalid_type: ({ expected, input }) => missing(input, kinds[expected] ?? expected),
  invalid_format: ({ format }) => `must be ${formats[format] ?? 'written as the schema for editors says'}`,
  too_small: ({ minimum, origin }) => counted('at least', minimum, origin),
  too_big: ({ maximum, origin }) => counted('at most', maximum, origin),
}

/** A mistake in a firm's choices as a sentence for whoever wrote them, with the nearest right name; what the schema says in its own words stays. */
export const inWords: z.core.$ZodErrorMap = (issue) =>
  (words[issue.code] as ((issue: Issue) => string | undefined) | undefined)?.(issue)
