import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'

/** The languages every text must exist in. */
export const languages = ['nl', 'en'] as const
export type Language = (typeof languages)[number]

/** Gives the text of a full key (`module.key`) with its parameters filled in. */
export type Translate = (key: string, parameters?: Record<string, unknown>) => string

export interface Texts {
  /** A translator for one language; `standing` are parameters every text may use, such as `firm`. */
  translator(language: Language, standing?: Record<string, unknown>): Translate
  has(language: Language, key: string): boolean
  /** A text as it was written, its parameters not filled in. */
  raw(language: Language, key: string): string | null
  /** All keys of a language, sorted. */
  keys(language: Language): string[]
}

const plain = /[{'#]/
// Shared by all tenants: most of them say the same words, so a message is parsed once per language.
const compiled: Record<Language, Map<string, IntlMessageFormat>> = { nl: new Map(), en: new Map() }

function message(language: Language, text: string): IntlMessageFormat {
  const known = compiled[language].get(text)
  if (known) return known
  const made = new IntlMessageFormat(text, language, undefined, { ignoreTag: true })
  compiled[language].set(text, made)
  return made
}

/** The modules that have texts below a root; a firm without texts of its own has no such folder. */
function modules(root: string): string[] {
  if (!existsSync(root)) return []
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

function textsOf(root: string, module: string, language: Language): [string, string][] {
  let file: string
  try {
    file = readFileSync(join(root, module, `${language}.json`), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return Object.entries(JSON.parse(file) as Record<string, string>).map(([key, text]) => [`${module}.${key}`, text])
}

/**
 * Reads `<root>/<module>/<language>.json` below every root. The first root is the strongest:
 * what stands there replaces the same key in the roots after it.
 * A missing key throws when `strict`; otherwise the key itself is shown, so that a page never fails on a word.
 */
export function loadTexts({ roots, strict = true }: { roots: string[]; strict?: boolean }): Texts {
  const read = (language: Language) =>
    new Map(roots.toReversed().flatMap((root) => modules(root).flatMap((module) => textsOf(root, module, language))))
  const all: Record<Language, Map<string, string>> = { nl: read('nl'), en: read('en') }
  const translator =
    (language: Language, standing: Record<string, unknown> = {}): Translate =>
    (key, parameters) => {
      const text = all[language].get(key)
      if (text === undefined) {
        if (strict) throw new Error(`no text "${key}" in ${language}`)
        return key
      }
      return plain.test(text) ? String(message(language, text).format({ ...standing, ...parameters })) : text
    }
  return {
    translator,
    raw: (language, key) => all[language].get(key) ?? null,
    has: (language, key) => all[language].has(key),
    keys: (language) => [...all[language].keys()].sort(),
  }
}
