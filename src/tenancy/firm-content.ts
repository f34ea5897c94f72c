import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Eta } from 'eta/core'
import { languages, message, type Language } from '../platform/i18n/texts.ts'

/** What is wrong with a text as it stands in a file; null when nothing is. */
function wrongWithText(language: Language, text: unknown): string | null {
  if (typeof text !== 'string') return 'must be a text between quotes'
  try {
    message(language, text)
    return null
  } catch (error) {
    return `cannot be read: ${(error as Error).message}; write names between { and }, each closed`
  }
}

function wrongWithTexts(file: string, language: Language): string[] {
  let texts: unknown
  try {
    texts = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return [`${file}: (the whole file): is not JSON: ${(error as Error).message}`]
  }
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts))
    return [`${file}: (the whole file): must be an object of texts by their names`]
  return Object.entries(texts).flatMap(([key, text]) => {
    const wrong = wrongWithText(language, text)
    return wrong ? [`${file}: ${key}: ${wrong}`] : []
  })
}

function wrongWithView(file: string): string[] {
  try {
    new Eta({ rmWhitespace: true }).compile(readFileSync(file, 'utf8'))
    return []
  } catch (error) {
    return [`${file}: cannot be read as a page: ${(error as Error).message.trim().split('\n')[0]}`]
  }
}

/**
 * Every mistake in a firm's own texts and pages: "file: text: reason". Only reads them; what they are filled with is
 * seen in the gallery.
 */
export function contentMistakes(folder: string): string[] {
  const views = join(folder, 'views')
  if (!existsSync(views)) return []
  return readdirSync(views, { recursive: true, encoding: 'utf8' })
    .sort()
    .flatMap((name) => {
      const file = join(views, name)
      const language = languages.find((each) => basename(name) === `${each}.json`)
      if (language) return wrongWithTexts(file, language)
      return name.endsWith('.eta') ? wrongWithView(file) : []
    })
}
