import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** One of our own source files: its path from the root, its text with comments blanked out, what it imports. */
export interface Source {
  path: string
  text: string
  lines: number
  imports: { from: string; path: string | null }[]
}

const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

/** Comments and nothing else become spaces, so that a word in a comment accuses nobody. */
const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '))

function read(path: string): Source {
  const raw = readFileSync(join(root, path), 'utf8')
  const text = withoutComments(raw)
  const imports = [
    ...text.matchAll(/\b(?:import|export)\b[\s\w{},*$]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g),
  ]
    .map(([, first, second]) => first ?? second ?? '')
    .map((from) => ({ from, path: from.startsWith('.') ? relative(root, resolve(root, dirname(path), from)) : null }))
  return { path, text, lines: raw.split('\n').length - 1, imports }
}

export const sources = (folder: string): Source[] =>
  files(folder)
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map(read)
export const views = (): { path: string; text: string }[] =>
  files('views')
    .concat(files('tenants'))
    .filter((path) => path.endsWith('.eta'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
export const slugs = (): string[] =>
  readdirSync(join(root, 'tenants'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
