import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const below = (folder: string): string[] =>
  existsSync(folder)
    ? (readdirSync(folder, { recursive: true }) as string[])
        .filter((name) => name.endsWith('.eta'))
        .map((name) => join(folder, name))
    : []
const files = [...below(join(root, 'views')), ...below(join(root, 'tenants'))].filter(
  (file) => !relative(root, file).includes('views/mail/'),
)
const code = (file: string) => readFileSync(file, 'utf8')

// What our content security policy blocks, or would fail silently under it.
const banned: [string, RegExp][] = [
  ['inline style', /\sstyle\s*=|<style/i],
  ['inline script', /<script(?![^>]*\ssrc=)/i],
  ['handler', /\son[a-z]+\s*=\s*["']/i],
  ['hx-on', /hx-on/i],
  ['js: or javascript:', /["']\s*(js|javascript):/i],
  ['trigger filter', /hx-trigger="[^"]*\[/i],
  ['boost', /hx-boost/i],
  ['data: address', /(src|href)="data:/i],
  ['address elsewhere', /<(img|script|link)[^>]*(src|href)="https?:/i],
]
const raw = /^(it\.ui(\.\w+|\[it\.component\])\(|it\.icon\(|include\(|it\.firmPart\(|it\.body$)/

describe.each(files.map((file) => [relative(root, file), file]))('%s', (name, file) => {
  test.each(banned)('has no %s', (_, pattern) => expect(code(file)).not.toMatch(pattern))
  test('puts out raw only components, icons and includes', () => {
    const found = [...code(file).matchAll(/<%~\s*([\s\S]*?)\s*%>/g)].map((match) => match[1] as string)
    expect(found.filter((one) => !raw.test(one) || (one === 'it.body' && name !== 'views/shell/content.eta'))).toEqual(
      [],
    )
  })
  test('quotes every attribute it fills in', () => expect(code(file)).not.toMatch(/\s[a-z-]+=<%/i))
})

/** What is the firm's and of no request: see `firmParts` in src/platform/views/views.ts. */
const firmNames = ['lang', 'languages', 't', 'tenant', 'assets', 'icon']
const firmParts = [
  ...new Set(
    files.flatMap((file) => [...code(file).matchAll(/it\.firmPart\('([^']+)'/g)].map((match) => match[1] ?? '')),
  ),
]
test.each(firmParts)(
  '%s is rendered once for a firm, so it reads nothing of a request, and includes nothing that does',
  (part) => {
    const all = files.filter((file) => file.endsWith(`/views/${part}.eta`))
    expect(all.length).toBeGreaterThan(0)
    for (const file of all) {
      const read = [...code(file).matchAll(/\bit\b(?:\??\.(\w+))?/g)].map((match) => match[1] ?? 'it')
      expect(read.filter((name) => !firmNames.includes(name))).toEqual([])
      expect(code(file)).not.toMatch(/include\(/)
    }
  },
)
