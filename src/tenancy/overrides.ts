import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages, loadTexts, type Texts } from '../platform/i18n/texts.ts'
import { nearest } from './policy-words.ts'

/** A text or page in a firm's own folder that replaces none of the portal's, and the one that was probably meant. */
export interface IdleOverride {
  name: string
  meant?: string
}

/** The pages below a folder, by name ("sign-in/index"). */
function pagesOf(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eta'))
    .map((name) => name.slice(0, -'.eta'.length))
}

/** The same where another module has it by now, else the name that is nearest. */
function probably(name: string, all: string[]): string | undefined {
  const rest = name.slice(name.search(/[./]/))
  const moved = all.filter((each) => each.endsWith(rest) && each.search(/[./]/) === each.length - rest.length)
  return moved.length === 1 ? moved[0] : nearest(name, all)
}

/**
 * What nobody asks for in a firm's folder of views: misspelt, or called otherwise since an earlier release. A page of
 * the firm may bring words and pieces of its own.
 * @param portal the texts of the portal itself, and its folders of views
 */
export function idleOverrides(folder: string, portal: { texts: Texts; roots: string[] }): IdleOverride[] {
  if (!existsSync(folder)) return []
  const own = loadTexts({ roots: [folder] })
  const texts = new Set(languages.flatMap((language) => portal.texts.keys(language)))
  const pages = new Set(portal.roots.flatMap(pagesOf))
  const said = pagesOf(folder).map((page) => readFileSync(join(folder, `${page}.eta`), 'utf8'))
  const idle = (names: string[], known: Set<string>): IdleOverride[] =>
    [...new Set(names)]
      .filter((name) => !known.has(name) && !said.some((page) => page.includes(name)))
      .map((name) => {
        const meant = probably(name, [...known])
        return { name, ...(meant && { meant }) }
      })
  return [
    ...idle(
      languages.flatMap((language) => own.keys(language)),
      texts,
    ),
    ...idle(pagesOf(folder), pages),
  ]
}
