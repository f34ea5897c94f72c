import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parametersOf } from '../../src/platform/i18n/text-types.ts'
import { loadTexts, say } from '../../src/platform/i18n/texts.ts'

const root = join(import.meta.dirname, '../..')
const tenants = readdirSync(join(root, 'tenants'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(root, 'tenants', entry.name, 'views'))
const modules = [join(root, 'views'), ...tenants]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name)),
  )
  .filter((folder) => existsSync(join(folder, 'nl.json')) || existsSync(join(folder, 'en.json')))

type Texts = Record<string, string>
const read = (folder: string, language: string) =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Texts

/** What a text asks for, plurals and choices included. */
const parameters = (text: string) => [...parametersOf(text).keys()].sort()

describe.each(modules.map((folder) => [relative(root, folder), folder]))('%s', (_, folder) => {
  test('says everything in both languages', () => {
    expect(Object.keys(read(folder, 'en')).sort()).toEqual(Object.keys(read(folder, 'nl')).sort())
  })
  test('asks the same parameters in both languages, and leaves no text empty but where both are', () => {
    const [nl, en] = [read(folder, 'nl'), read(folder, 'en')]
    for (const [key, text] of Object.entries(nl)) {
      expect(parameters(en[key] ?? ''), key).toEqual(parameters(text))
      expect((en[key] ?? '') === '', key).toBe(text === '')
    }
  })
})

test('a tenant changes only texts that exist', () => {
  const portal = new Set(loadTexts({ roots: [join(root, 'views')] }).keys('nl'))
  for (const folder of modules.filter((one) => one.includes('/tenants/'))) {
    const own = folder.split('/').slice(-3)[0] as string
    // A view of its own may bring words of its own.
    const views = readdirSync(folder)
      .filter((name) => name.endsWith('.eta'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('')
    for (const key of Object.keys(read(folder, 'nl'))) {
      const full = `${folder.split('/').at(-1)}.${key}`
      expect(portal.has(full) || views.includes(full), `${own}: ${full}`).toBe(true)
    }
  }
})

test('a missing text is an error where it is looked for, and its key where people are', () => {
  const roots = [join(root, 'views')]
  const nowhere = { key: 'shell.nowhere' }
  expect(() => say(loadTexts({ roots }).translator('nl'), nowhere)).toThrow('shell.nowhere')
  expect(say(loadTexts({ roots, strict: false }).translator('nl'), nowhere)).toBe('shell.nowhere')
})
