import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { slugs } from '../architecture/sources.ts'
import { loadTexts } from '../../src/platform/i18n/texts.ts'
import { idleOverrides } from '../../src/tenancy/overrides.ts'

const roots = [join(import.meta.dirname, '../../views')]
const portal = { texts: loadTexts({ roots }), roots }
let folder = ''
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A firm's folder of views with these files. */
async function views(files: Record<string, string>): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'portal-overrides-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

test('what an earlier release called otherwise, and what is misspelt, is named with what they are called now', async () => {
  const own = await views({
    'portal/nl.json': JSON.stringify({ 'widget-information.title': 'Over ons' }),
    'sign-in/en.json': JSON.stringify({ 'index.titel': 'Come in', 'index.title': 'Welcome' }),
    'portal/menu.eta': '<h1>Alles</h1>',
  })
  expect(idleOverrides(own, portal)).toEqual([
    { name: 'portal.widget-information.title', meant: 'home.widget-information.title' },
    { name: 'sign-in.index.titel', meant: 'sign-in.index.title' },
    { name: 'portal/menu', meant: 'home/menu' },
  ])
})

test('a page of the firm may bring words and pieces of its own', async () => {
  const own = await views({
    'sign-in/nl.json': JSON.stringify({ 'our-promise': 'Wij bellen u nooit om een code' }),
    'sign-in/index.eta': `<p><%= it.t('sign-in.our-promise') %></p><%~ include('sign-in/our-logo', it) %>`,
    'sign-in/our-logo.eta': '<img alt="">',
  })
  expect(idleOverrides(own, portal)).toEqual([])
})

test.each(slugs())('at %s everything replaces something', (slug) => {
  expect(idleOverrides(join(import.meta.dirname, '../../tenants', slug, 'views'), portal)).toEqual([])
})
