import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownFactors } from '../../src/identity/factors/index.ts'
import { modules } from '../../src/modules.ts'
import { allTextTypes, parametersOf } from '../../src/platform/i18n/text-types.ts'
import { loadTexts } from '../../src/platform/i18n/texts.ts'
import { compose } from '../../src/tenancy/compose.ts'
import { root, sources, views } from '../architecture/sources.ts'

const texts = loadTexts({ roots: [join(root, 'views')] })
const keys = texts.keys('nl')
const known = new Set(keys)
const src = sources('src')
const own = views().filter(({ path }) => path.startsWith('views/'))

test.each(['views', 'test/modules/noticeboard/views'])(
  'the types of the texts in %s are those of nl.json',
  (folder) => {
    const stale = allTextTypes(join(root, folder)).filter(({ file, types }) => readFileSync(file, 'utf8') !== types)
    expect(
      stale.map(({ file }) => file),
      `run npm run portal -- texts ${folder}`,
    ).toEqual([])
  },
)

/** Calls of `it.t('key')` or `it.t('key', { … })` in templates, which no compiler reads. */
const call = /\bt\('([\w.-]+)'(?:\)|, (\{[^}]*\}|\w+)\))/g

test('templates ask for texts that exist, and tell them what they ask for', () => {
  const wrong = views().flatMap(({ path, text }) =>
    [...text.matchAll(call)].flatMap(([, key = '', told = '']) => {
      if (!known.has(key)) return path.startsWith('tenants/') ? [] : [`${path}: there is no text ${key}`]
      if (told && !told.startsWith('{')) return []
      const untold = [...parametersOf(texts.raw('nl', key) ?? '').keys()].filter(
        (name) => !new RegExp(`\\b${name === 'seconds' ? '(seconds|wait|moment)' : name}\\b`).test(told),
      )
      return untold.map((name) => `${path}: ${key} is not told ${name}`)
    }),
  )
  expect(wrong).toEqual([])
})

const modulesHere = compose(modules).all
const lists = ownFactors.flatMap((factor) => factor.own ?? [])

/** Where keys are composed of what modules declare, and all that can come of it. */
const composed: Record<string, string[]> = {
  'src/modules/home/tabs.ts': modulesHere.flatMap(({ name, tabs = [] }) =>
    tabs.map((tab) => `${name}.tab.${tab.name}`),
  ),
  'src/modules/development/gallery.ts': [],
  'src/modules/development/welcome.ts': ownFactors
    .filter(({ kind, invented }) => kind === 'given' || invented)
    .map(({ name }) => `development.second.${name}`),
  'src/modules/onboarding/activated.ts': ownFactors.map(({ name }) => `factors.name.${name}`),
  'src/modules/home/arrangement.ts': modulesHere.flatMap(({ widgets = [] }) =>
    widgets.map(({ view }) => `${view.name.replace('/', '.')}.title`),
  ),
  'src/modules/profile/own-list.ts': lists.flatMap(({ list, one }) => [
    `profile.${list}.title`,
    `profile.${one}-name.title`,
    `profile.${one}-remove.title`,
    `profile.done.${one}Named`,
    `profile.done.${one}Removed`,
  ]),
  'src/modules/profile/factor-samples.ts': [],
  'src/tenancy/outbox.ts': ['mail.push.approval'],
}

test('keys are composed of what modules declare in these places only, and every one of them exists', () => {
  const places = src.filter(({ path, text }) => /\bcomposedKey\(/.test(text) && !path.endsWith('i18n/texts.ts'))
  expect(places.map(({ path }) => path).sort()).toEqual(Object.keys(composed).sort())
  expect(
    Object.values(composed)
      .flat()
      .filter((key) => !known.has(key)),
  ).toEqual([])
})

test('every text is asked for somewhere', () => {
  const code = [...src, ...own].map(({ text }) => text).join('\n')
  const literal = new Set([...code.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)].map(([, key]) => key))
  const ownWords = lists.flatMap(({ list, one }) => [list, `${one}-name`, `${one}-remove`]).join('|')
  const escaped = (part: string) => part.replace(/[^\w-]/g, '\\$&')
  const made = [
    ...[...code.matchAll(/`([\w-]+\.[^`\s]*\$\{[^`]*)`/g)].map(([, text = '']) =>
      text
        .replaceAll('${it.words}', '\0')
        .split(/\$\{(?:[^{}]|\{[^}]*\})*\}/)
        .map((part) => part.split('\0').map(escaped).join(`(?:${ownWords})`))
        .join('[\\w-]+(?:\\.\\d)?'),
    ),
    ...[...code.matchAll(/'([\w-]+\.[\w.-]*)' \+ [^,)]*?(?:\+ '([\w.-]*)')?[,)]/g)].map(
      ([, start = '', end = '']) => `${escaped(start)}[\\w-]+(?:\\.\\d)?${escaped(end)}`,
    ),
  ].map((pattern) => new RegExp(`^${pattern}$`))
  const tasks = (key: string) => /^(.+\.todo\.[\w-]+)\.(title|text|button)$/.exec(key)?.[1] ?? ''
  const byItself = new Set([
    ...own.map(({ path }) => `${path.slice('views/'.length, -'.eta'.length).replaceAll('/', '.')}.title`),
    ...Object.values(composed).flat(),
    ...[...compose(modules).auditActions.values()].flatMap(({ text }) => text ?? []),
  ])
  const unused = keys.filter(
    (key) =>
      !key.startsWith('mail.') && // each is one of a declared mail: test/activation/mails.test.ts
      !literal.has(key) &&
      !byItself.has(key) &&
      !literal.has(tasks(key)) &&
      !made.some((pattern) => pattern.test(key)),
  )
  expect(unused).toEqual([])
})
