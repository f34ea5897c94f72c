import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, sources } from './sources.ts'

interface Measured {
  where: string
  lines: number
}

/** Every function of the product with its length: the linter measures, told that none may have a line. */
function functions(): Measured[] {
  const folder = mkdtempSync(join(tmpdir(), 'portal-lengths-'))
  const rules = { 'eslint/max-lines-per-function': ['error', { max: 0, IIFEs: true }] }
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ categories: { correctness: 'off' }, rules }))
  const said = linted(['-c', join(folder, 'rules.json'), '-f', 'json', 'src'])
  rmSync(folder, { recursive: true })
  return (JSON.parse(said) as { diagnostics: Diagnostic[] }).diagnostics.map(({ message, filename, labels }) => ({
    where: `${filename}:${labels[0]?.span.line}`,
    lines: Number(/too many lines \((\d+)\)/.exec(message)?.[1]),
  }))
}
interface Diagnostic {
  message: string
  filename: string
  labels: { span: { line: number } }[]
}

/** What the linter prints; that it found something is no failure here. */
function linted(args: string[]): string {
  try {
    return execFileSync(join(root, 'node_modules/.bin/oxlint'), args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

const share = (all: Measured[], part: number): number =>
  all.map(({ lines }) => lines).toSorted((a, b) => a - b)[Math.floor(all.length * part)] ?? 0
const longer = (all: Measured[], most: number): string[] =>
  all.filter(({ lines }) => lines > most).map(({ where, lines }) => `${where}: ${lines}`)

test('files are short: half of them at most 55 lines, nine of ten at most 150, none over 300', () => {
  const all = sources('src').map(({ path, lines }) => ({ where: path, lines }))
  expect(longer(all, 300)).toEqual([])
  expect(share(all, 0.5)).toBeLessThanOrEqual(55)
  expect(share(all, 0.9)).toBeLessThanOrEqual(150)
})

test('functions of more than a line are short: half of them at most 7, nine of ten at most 20, none over 60', () => {
  const all = functions().filter(({ lines }) => lines > 1)
  expect(all.length).toBeGreaterThan(1000)
  expect(longer(all, 60)).toEqual([])
  expect(share(all, 0.5)).toBeLessThanOrEqual(7)
  expect(share(all, 0.9)).toBeLessThanOrEqual(20)
})
