import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'node-html-parser'
import type { HTMLElement } from 'node-html-parser'
import { describe, expect, test } from 'vitest'
import { loadTexts } from '../../src/platform/i18n/texts.ts'
import { createViews } from '../../src/platform/views/views.ts'

// The package publishes the HTML of every component; ours must have its elements, classes and relations.
// Classes and attributes may be added; words, and scripts' hooks we do not use, are ours.

const root = join(import.meta.dirname, '../..')
const roots = [join(root, 'views')]
const texts = loadTexts({ roots })
const assets = Object.assign((name: string) => `/static/${name}`, { has: () => true })
const views = createViews({
  roots: [join(import.meta.dirname, 'views'), ...roots],
  texts,
  assets,
  zone: 'Europe/Amsterdam',
  icons: join(root, 'static/icons'),
})

interface Fixture {
  name: string
  html: string
}
const fixture = (component: string, name: string): string => {
  const file = createRequire(import.meta.url).resolve(`govuk-frontend/dist/govuk/components/${component}/fixtures.json`)
  const { fixtures } = JSON.parse(readFileSync(file, 'utf8')) as { fixtures: Fixture[] }
  const found = fixtures.find((one) => one.name === name)
  if (!found) throw new Error(`no fixture "${name}" of ${component}`)
  return found.html
}

/** The button to show a password is made by the script: until then it is a mark without a word. */
const unmade = (html: string) =>
  html
    .replace(/<button\s+type="button"([^>]*)>[^<]*<\/button>/, '<span$1></span>')
    .replace(' hidden></span>', '></span>')

const part = (component: string, args: object, data: object = {}) =>
  views.render('one-component', null, { lang: 'nl', title: '', component, args, ...data }).trim()

const kept = [
  'for',
  'id',
  'name',
  'type',
  'value',
  'role',
  'aria-describedby',
  'inputmode',
  'autocomplete',
  'autocapitalize',
  'spellcheck',
  'scope',
  'checked',
  'selected',
  'rows',
  'rel',
  'hidden',
]
// These classes only dress or hook the package's own script.
const hooks = /^govuk-js-|--(xl|l|m|s)$|^govuk-notification|^govuk-fieldset__heading$/

/** Differences between what the package publishes and ours, element by element; empty when ours has it all. */
function lacking(theirs: HTMLElement, ours: HTMLElement | undefined, path = ''): string[] {
  if (!ours) return [`${path} is missing`]
  const here = `${path}/${theirs.rawTagName}`
  if (theirs.rawTagName !== ours.rawTagName) return [`${here} is <${ours.rawTagName}>`]
  const classes = [...theirs.classList.values()]
    .filter((name) => !hooks.test(name) && !ours.classList.contains(name))
    .map((name) => `${here} lacks class ${name}`)
  const attributes = kept
    .filter((name) => theirs.getAttribute(name) !== undefined && theirs.getAttribute(name) !== ours.getAttribute(name))
    .map((name) => `${here} has ${name}="${ours.getAttribute(name)}" for "${theirs.getAttribute(name)}"`)
  const elements = (node: HTMLElement) => node.childNodes.filter((child) => child.nodeType === 1) as HTMLElement[]
  return [
    ...classes,
    ...attributes,
    ...elements(theirs).flatMap((child, at) => lacking(child, elements(ours)[at], here)),
  ]
}

const first = (html: string) => parse(html).childNodes.find((node) => node.nodeType === 1) as HTMLElement
const compare = (theirs: string, ours: string) => expect(lacking(first(theirs), first(ours)), ours).toEqual([])

describe('components have the structure the package publishes', () => {
  test('field', () => compare(fixture('input', 'default'), part('field', { name: 'test-name', label: 'Nummer' })))
  test('field with hint and mistake', () =>
    compare(
      fixture('input', 'with error and hint'),
      part('field', { name: 'with-error-hint', label: 'x', hint: 'y' }, { errors: { 'with-error-hint': 'z' } }),
    ))
  test('narrow field', () =>
    compare(
      fixture('input', 'with width-2 class').replace('name="test-width-2"', 'name="input-width-2"'),
      part('field', { name: 'input-width-2', label: 'x', hint: 'y', width: 2 }),
    ))
  test('password', () =>
    compare(unmade(fixture('password-input', 'default')), part('password', { name: 'password', label: 'x' })))
  test('new password', () =>
    compare(
      unmade(fixture('password-input', 'with new-password autocomplete')).replaceAll(
        'password-input-new-password',
        'password',
      ),
      part('password', { name: 'password', label: 'x', autocomplete: 'new-password' }),
    ))
  test('radios', () =>
    compare(
      fixture('radios', 'with hints on items')
        .replaceAll(/<\/?h1[^>]*>/g, '')
        .replaceAll('name="gov"', 'name="gateway"')
        .replaceAll('"verify"', '"gateway-2"')
        .replaceAll('verify-item', 'gateway-2-item')
        .replace('value="gateway-2"', 'value="verify"'),
      part('radios', {
        name: 'gateway',
        label: 'x',
        items: [
          { value: 'gateway', text: 'a', hint: 'b' },
          { value: 'verify', text: 'c', hint: 'd' },
        ],
      }),
    ))
  test('radios with a mistake', () =>
    compare(
      fixture('radios', 'with fieldset and error message'),
      part(
        'radios',
        {
          name: 'example',
          label: 'x',
          items: [
            { value: 'yes', text: 'a' },
            { value: 'no', text: 'b' },
          ],
        },
        { errors: { example: 'e' }, values: { example: 'no' } },
      ),
    ))
  test('checkboxes', () =>
    compare(
      fixture('checkboxes', 'default'),
      part('checkboxes', {
        name: 'nationality',
        label: 'x',
        items: ['british', 'irish', 'other'].map((value) => ({ value, text: value })),
      }),
    ))
  test('select', () =>
    compare(
      fixture('select', 'with hint text and error message'),
      part(
        'select',
        { name: 'select-2', label: 'x', hint: 'y', items: ['1', '2', '3'].map((value) => ({ value, text: value })) },
        { errors: { 'select-2': 'e' } },
      ),
    ))
  test('textarea', () => {
    const theirs = fixture('textarea', 'with hint and error message')
    const name = parse(theirs).querySelector('textarea')?.id ?? ''
    compare(theirs, part('textarea', { name, label: 'x', hint: 'y' }, { errors: { [name]: 'e' } }))
  })
  test('upload', () =>
    compare(
      fixture('file-upload', 'with error message and hint'),
      part('upload', { name: 'file-upload-3', label: 'x', hint: 'y' }, { errors: { 'file-upload-3': 'e' } }),
    ))
  // The first box bears the id of the whole, so that a line of the error summary leads to it without a script.
  // A month may be typed as a word.
  test('date', () =>
    compare(
      fixture('date-input', 'with error message and hint')
        .replaceAll('govuk-input--width', 'govuk-input--error govuk-input--width')
        .replace('id="dob-errors">', '>')
        .replaceAll('dob-errors-day', 'dob-errors')
        .replaceAll(/name="(day|month|year)"/g, 'name="dob-errors-$1"')
        .replace(
          /govuk-input--width-2("[^>]*id="dob-errors-month"[^>]*?) inputmode="numeric"/,
          'govuk-input--width-5$1',
        ),
      part('date', { name: 'dob-errors', label: 'x', hint: 'y' }, { errors: { 'dob-errors': 'e' } }),
    ))
  test('error summary', () =>
    compare(
      fixture('error-summary', 'default'),
      part('summary', {}, { errors: { 'example-error-1': 'a', 'example-error-2': 'b' } }),
    ))
  test('task list', () =>
    compare(
      fixture('task-list', 'default')
        .replaceAll('task-list-', 'task-')
        .replace(/>\s*Completed\s*</, '><strong class="govuk-tag">x</strong><'),
      part('tasks', { items: ['a', 'b', 'c'].map((title) => ({ title, href: '#', status: 'Open' })) }),
    ))
  test('table', () =>
    compare(
      fixture('table', 'with head and caption'),
      part('table', {
        caption: 'x',
        head: ['a', { text: 'b', numeric: true }, { text: 'c', numeric: true }],
        rows: [
          ['1', '2', '3'],
          ['1', '2', '3'],
          ['1', '2', '3'],
        ],
      }),
    ))
  test('tag', () => compare(fixture('tag', 'grey'), part('tag', { text: 'x', tone: 'grey' })))
  test('button', () => compare(fixture('button', 'default'), part('button', { text: 'x' })))
  test('link as button', () => compare(fixture('button', 'link'), part('buttonLink', { text: 'x', href: '/' })))
  test('skip link', () => compare(fixture('skip-link', 'default'), part('skip', {})))
})

describe('behaviour of our own', () => {
  test('a password and a code are never filled in again', () => {
    const values = { password: 'geheim-woord', code: '123456' }
    expect(
      part('password', { name: 'password', label: 'x' }, { values }) + part('code', { label: 'x' }, { values }),
    ).not.toMatch(/geheim-woord|123456/)
  })
  test('other fields keep what was typed, escaped', () =>
    expect(part('field', { name: 'a', label: 'x' }, { values: { a: '"><b>' } })).toContain(
      'value="&quot;&gt;&lt;b&gt;"',
    ))
  test('a mistake of the whole form has no link', () =>
    expect(parse(part('summary', {}, { errors: { '': 'Klopt niet' } })).querySelectorAll('a')).toHaveLength(0))
  test('no mistakes, no summary', () => expect(part('summary', {})).toBe(''))
  test('a second button keeps its own address with and without a script', () => {
    const button = first(part('button', { text: 'x', action: '/again' }))
    expect([button.getAttribute('formaction'), button.getAttribute('hx-post')]).toEqual(['/again', '/again'])
  })
  test('a form carries the token and, when there is one, the nonce', () => {
    expect(part('open', { action: '/a' }, { csrf: 'token', nonce: 'once' })).toMatch(
      /value="token"[\s\S]*name="nonce" value="once"/,
    )
    expect(part('open', { action: '/a', method: 'get' }, { csrf: 'token' })).not.toContain('token')
  })
  test("a view's own data does not leak into its components", () =>
    expect(part('field', { name: 'a', label: 'x' }, { hint: 'leak', value: 'leak', width: 'leak' })).not.toContain(
      'leak',
    ))
  test('state of a rule is in words', () =>
    expect(parse(part('rules', { rules: [{ text: 'Twaalf tekens', ok: true }] })).text).toContain(
      texts.translator('nl')('shell.rules.ok'),
    ))
})

describe('a table', () => {
  const people = {
    caption: 'Mensen',
    head: ['Naam', 'Stand', { text: 'Aantal', numeric: true }],
    rows: [
      [{ text: 'Bram Mos', href: '/a', note: 'bram@voorbeeld.example' }, { text: 'Uitgenodigd', tone: 'blue' }, '3'],
    ],
  }
  test('says the name of its column in every cell, for where there are no columns', () => {
    const cells = parse(part('table', people)).querySelectorAll('tbody th, tbody td')
    expect(cells.map((cell) => cell.querySelector('.cell-name')?.text)).toEqual(['Naam: ', 'Stand: ', 'Aantal: '])
    expect(cells.map((cell) => cell.querySelector('.cell-name')?.getAttribute('aria-hidden'))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
  test.skipIf(!existsSync('/usr/bin/w3m'))('reads "label: value" in w3m (left out where w3m is not installed)', () => {
    const { stdout } = spawnSync('w3m', ['-dump', '-cols', '100', '-T', 'text/html', '-I', 'UTF-8', '-O', 'UTF-8'], {
      input: part('table', people),
      encoding: 'utf8',
    })
    expect(stdout).toMatch(/Naam: Bram Mos.*Stand: Uitgenodigd.*Aantal: 3/s)
  })
})
