import { readFileSync, readdirSync, existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'

/** The elements of a parsed message that ask for a parameter (ICU MessageFormat). */
const [argument, plural] = [1, 6]

interface Element {
  type: number
  value?: unknown
  options?: Record<string, { value: Element[] }>
}

/** What every text is told, and what is made of `seconds` where somebody has to wait. */
const common = new Set(['firm'])
const ofSeconds = new Set(['wait', 'moment'])

/** The parameters a text asks for, with their TypeScript type; those inside plurals and choices too. */
export function parametersOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  const look = (elements: Element[]): void => {
    for (const { type, value, options } of elements) {
      if (type >= argument && type <= plural && typeof value === 'string' && !common.has(value))
        if (ofSeconds.has(value)) found.set('seconds', 'number')
        else if (type === plural) found.set(value, 'number')
        else if (!found.has(value)) found.set(value, 'string | number')
      for (const option of Object.values(options ?? {})) look(option.value)
    }
  }
  look(new IntlMessageFormat(text, 'nl', undefined, { ignoreTag: true }).getAst())
  return found
}

const typeOf = (text: string): string => {
  const params = [...parametersOf(text)]
  return params.length ? `{ ${params.map(([name, type]) => `${name}: ${type}`).join('; ')} }` : 'object'
}

/**
 * The types of the texts of one module: its keys, each with the parameters it asks for.
 * @param folder of a module's views, with an `nl.json`
 * @param name of the module, as its keys begin
 */
export function textTypes(folder: string, name: string): string {
  const texts = JSON.parse(readFileSync(join(folder, 'nl.json'), 'utf8')) as Record<string, string>
  const target = relative(folder, join(import.meta.dirname, 'texts.ts'))
  const keys = Object.keys(texts).sort()
  return `// Written by \`npm run portal -- texts\` from nl.json.
import '${target}'
declare module '${target}' {
  interface TextParams {
${keys.map((key) => `    '${name}.${key}': ${typeOf(texts[key] ?? '')}\n`).join('')}  }
}
`
}

/** The folders of texts below a folder of views, each with what its types should say. */
export const allTextTypes = (views: string): { file: string; types: string }[] =>
  readdirSync(views)
    .filter((name) => existsSync(join(views, name, 'nl.json')))
    .map((name) => ({ file: join(views, name, 'texts.d.ts'), types: textTypes(join(views, name), name) }))
