import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { LRUCache } from 'lru-cache'

/** The languages every text must exist in. */
export const languages = ['nl', 'en'] as const
export type Language = (typeof languages)[number]

/**
 * Every text there is, by its full key (`module.key`), with the parameters it asks for. Each folder of views adds its
 * own in `texts.d.ts`, written from `nl.json` by `npm run portal -- texts`.
 */
// oxlint-disable-next-line no-empty-object-type -- filled by the folders of views
export interface TextParams {}
export type TextKey = keyof TextParams

/** What all of these texts ask for together. */
type Asked<Key extends TextKey> = (Key extends Key ? (params: TextParams[Key]) => void : never) extends (
  params: infer Params,
) => void
  ? Params
  : never

/** Gives the text of a full key with its parameters filled in. One that asks for none may be told more than it says. */
export type Translate = <Key extends TextKey>(key: Key, ...params: Told<Key>) => string
/** What a text is to be told with its key. */
export type Told<Key extends TextKey> =
  object extends Asked<Key> ? [params?: Record<string, unknown>] : [params: Asked<Key>]

/** Texts that ask for nothing. */
export type PlainKey = { [Key in TextKey]: object extends TextParams[Key] ? Key : never }[TextKey]

/** A text as a value: what is wrong, what was done. */
export type Text =
  | { key: PlainKey; params?: Record<string, string | number> | undefined }
  | { [Key in Exclude<TextKey, PlainKey>]: { key: Key; params: TextParams[Key] } }[Exclude<TextKey, PlainKey>]

/** Makes one, also of a key that is one of several. */
export const text = <Key extends TextKey>(key: Key, ...[params]: Told<Key>): Text =>
  ({ key, ...(params && { params }) }) as Text

/** Gives the text of a key that is no constant, such as of one that a cookie brought. */
type AnyText = (key: string, params?: Record<string, unknown>) => string

/** A text as a value, in words. */
export const say = (t: Translate, { key, params }: { key: string; params?: Record<string, unknown> | undefined }) =>
  (t as AnyText)(key, params)

/**
 * A key composed at run time of what a module declares, such as the title of its widget. Every family of them is looked
 * up in `test/shell/text-keys.test.ts`; what is made of words the compiler knows needs none of this.
 */
export const composedKey = (key: string): PlainKey => key as PlainKey

export interface Texts {
  /** A translator for one language; `common` are parameters every text may use, such as `firm`. */
  translator(language: Language, common?: Record<string, unknown>): Translate
  has(language: Language, key: string): boolean
  /** A text as it was written, its parameters not filled in. */
  raw(language: Language, key: string): string | null
  /** All keys of a language, sorted. */
  keys(language: Language): string[]
}

const plain = /[{'#]/
/** Texts kept parsed per language: all of the portal's own, and of firms those that are said most. */
const kept = 5000
const parsed = (language: Language) =>
  new LRUCache<string, IntlMessageFormat>({
    max: kept,
    memoMethod: (text) => new IntlMessageFormat(text, language, undefined, { ignoreTag: true }),
  })
// Shared by all tenants: most of them say the same words, so a message is parsed once per language.
const compiled: Record<Language, LRUCache<string, IntlMessageFormat>> = { nl: parsed('nl'), en: parsed('en') }

/** A text with its parameters, parsed (ICU MessageFormat). @throws SyntaxError for what is not written as one */
export const message = (language: Language, text: string): IntlMessageFormat => compiled[language].memo(text)

/** The modules that have texts below a root; a firm without texts of its own has no such folder. */
function modules(root: string): string[] {
  if (!existsSync(root)) return []
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

/** Told of a file of texts that cannot be read; without it such a file is an error. */
export type OnBrokenTexts = (file: string, error: Error) => void

function textsOf(root: string, module: string, language: Language, broken?: OnBrokenTexts): [string, string][] {
  const file = join(root, module, `${language}.json`)
  try {
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    return Object.entries(texts).map(([key, text]) => [`${module}.${key}`, text])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    if (!broken) throw error
    broken(file, error as Error)
    return []
  }
}

/**
 * Reads `<root>/<module>/<language>.json` below every root. The first root is the strongest:
 * what stands there replaces the same key in the roots after it.
 * A missing key throws when `strict`; otherwise the key itself is shown, so that a page never fails on a word.
 * @param beyond texts that were read already, for what stands below no root: so a firm costs only its own words
 */
export function loadTexts({
  roots,
  strict = true,
  beyond,
  broken,
}: {
  roots: string[]
  strict?: boolean
  beyond?: Texts
  broken?: OnBrokenTexts
}): Texts {
  const read = (language: Language) =>
    new Map(
      roots.toReversed().flatMap((root) => modules(root).flatMap((module) => textsOf(root, module, language, broken))),
    )
  const all: Record<Language, Map<string, string>> = { nl: read('nl'), en: read('en') }
  const raw = (language: Language, key: string) => all[language].get(key) ?? beyond?.raw(language, key) ?? null
  const translator = (language: Language, common: Record<string, unknown> = {}): Translate =>
    ((key: string, parameters?: Record<string, unknown>) => {
      const text = raw(language, key)
      if (text === null) {
        if (strict) throw new Error(`no text "${key}" in ${language}`)
        return key
      }
      return plain.test(text) ? String(message(language, text).format({ ...common, ...parameters })) : text
    }) as Translate
  return {
    translator,
    raw,
    has: (language, key) => raw(language, key) !== null,
    keys: (language) => [...new Set([...all[language].keys(), ...(beyond?.keys(language) ?? [])])].sort(),
  }
}
