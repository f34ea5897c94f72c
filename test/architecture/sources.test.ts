import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, slugs, sources, views, type Source } from './sources.ts'

const src = sources('src')
const tests = sources('test')

/** The layers, the lowest first; the files beside them in `src` put them together. */
const layers = ['platform', 'tenancy', 'identity', 'modules']
const layer = (path: string): string => /^src\/(platform|tenancy|identity|modules)\//.exec(path)?.[1] ?? 'src'
/** The folder of a module, or of a part of identity: of another one only its `index.ts` is known. */
const part = (path: string): string | null => /^src\/(?:identity|modules)\/([^/]+)\//.exec(path)?.[1] ?? null

/** Every import of our own that breaks a rule, in words. */
const offences = (rule: string, breaks: (file: Source, to: string) => boolean) =>
  src.flatMap((file) =>
    file.imports
      .filter(({ path }) => path && breaks(file, path))
      .map(({ path }) => `${file.path} imports ${path}: ${rule}`),
  )

test('arrows point down: modules, identity, tenancy, platform', () => {
  expect(src.length).toBeGreaterThan(80)
  const above = (file: Source, to: string) =>
    layer(file.path) !== 'src' &&
    to.startsWith('src/') &&
    (layer(to) === 'src' || layers.indexOf(layer(to)) > layers.indexOf(layer(file.path)))
  expect(offences('arrows only point down', above)).toEqual([])
})

test('of another module or part of identity only its index.ts is known', () => {
  const inside = (file: Source, to: string) =>
    part(file.path) !== part(to) && part(to) !== null && !/^src\/(identity|modules)\/[^/]+\/index\.ts$/.test(to)
  expect(offences('use its index.ts', (file, to) => layer(file.path) !== 'src' && inside(file, to))).toEqual([])
})

/**
 * Of which other modules these call acts, such as inviting; what those have to show, they give as sections, and what
 * invented people have of them as seeds.
 */
const called: Record<string, string[]> = {
  staff: ['activation', 'home', 'organisations', 'recovery'],
  profile: ['activation', 'home', 'recovery'],
  development: ['home'],
}

test('staff, profile and development call acts of these modules only, and their pages of a person import what they judge an act by', () => {
  const others = (of: RegExp, name: string) =>
    src
      .filter(({ path }) => of.test(path))
      .flatMap(({ imports }) => imports.flatMap(({ path }) => /^src\/modules\/([^/]+)\//.exec(path ?? '')?.[1] ?? []))
      .filter((module, at, all) => module !== name && all.indexOf(module) === at)
      .sort()
  for (const [name, modules] of Object.entries(called))
    expect(others(new RegExp(`^src/modules/${name}/`), name), name).toEqual(modules)
  expect(others(/^src\/modules\/profile\/overview\.ts$/, 'profile')).toEqual([])
  expect(others(/^src\/modules\/staff\/(person|check)\.ts$/, 'staff')).toEqual(['activation'])
})

test('nothing in src knows the tests', () => {
  expect(offences('src must not lean on a test', (_, to) => to.startsWith('test/'))).toEqual([])
})

test('no import goes round in a circle', () => {
  const known = new Map(src.map((file) => [file.path, file.imports.flatMap(({ path }) => path ?? [])]))
  // Types are gone at run time, but a circle of types is a circle of thoughts all the same; only those inside one
  // module or layer pass.
  const runtime = new Map(
    src.map((file) => [
      file.path,
      [
        ...file.text.matchAll(/\b(?:import|export)\b(?!\s+type\b)[\s\w{},*$]*?(?:\bfrom\s*|\s)['"](\.[^'"]+)['"]/g),
      ].flatMap(([, from]) => file.imports.find((each) => each.from === from)?.path ?? []),
    ]),
  )
  const circles: string[] = []
  for (const graph of [runtime]) {
    const done = new Set<string>()
    const follow = (path: string, trail: string[]): void => {
      if (trail.includes(path)) return void circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      if (done.has(path)) return
      for (const next of graph.get(path) ?? []) follow(next, [...trail, path])
      done.add(path)
    }
    for (const path of known.keys()) follow(path, [])
  }
  expect(circles).toEqual([])
  const between = new Map<string, Set<string>>()
  for (const [path, to] of known)
    for (const each of to) {
      const [from, target] = [part(path), part(each)]
      if (from && target && from !== target) between.set(from, (between.get(from) ?? new Set()).add(target))
    }
  const mutual = [...between].flatMap(([from, all]) =>
    [...all].filter((to) => between.get(to)?.has(from) && from < to).map((to) => `${from} ↔ ${to}`),
  )
  expect(mutual).toEqual([])
})

test('express only where requests are met', () => {
  const allowed =
    /^src\/(platform\/|app\.ts|request\/|modules\.ts|services\.ts|tenancy\/input\.ts|modules\/[^/]+\/routes\.ts)/
  expect(
    src
      .filter(({ path, imports }) => !allowed.test(path) && imports.some(({ from }) => from === 'express'))
      .map(({ path }) => path),
  ).toEqual([])
})

test('a routes.ts reads the form and answers: no database, no hash, no OTP library', () => {
  const heavy = /^(@mikro-orm\/|pg$|argon2|otplib|nodemailer)/
  expect(
    src
      .filter(({ path, imports }) => path.endsWith('/routes.ts') && imports.some(({ from }) => heavy.test(from)))
      .map(({ path }) => path),
  ).toEqual([])
})

const found = (files: Source[], pattern: RegExp) =>
  files.flatMap(({ path, text }) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map(([what]) => `${path}: ${what.trim()}`),
  )

test('the environment is read in one place', () => {
  expect(
    found(
      src.filter(({ path }) => !['src/main.ts', 'src/cli.ts'].includes(path)),
      /process\.env/,
    ),
  ).toEqual([])
})

test('only the clock knows what time it is', () => {
  expect(
    found(
      src.filter(({ path }) => path !== 'src/platform/clock.ts'),
      /Date\.now\(|new Date\(\s*\)|Temporal\.Now|performance\.now/,
    ),
  ).toEqual([])
  expect(
    found(src, /(?:^|[^\w])now\(\)\s*(?:[-+]\s*interval|\)|,|at time)|current_timestamp|clock_timestamp/i).filter(
      (line) => !line.includes('clock.now()') && !/\.now\(\)/.test(line) && !line.startsWith('src/platform/clock.ts'),
    ),
  ).toEqual([])
})

test('what somebody may is asked of a permission, not of the kind of person they are', () => {
  const own = /^src\/(identity\/(permissions|accounts)\/|tenancy\/person\.ts)/
  expect(
    found(
      src.filter(({ path }) => !own.test(path)),
      /[!=]== '(?:client|staff|admin)'|case '(?:client|staff|admin)'/,
    ),
  ).toEqual([])
})

test('no firm is named in the code or the common pages', () => {
  const names = new RegExp(`(['"\`/])(${slugs().join('|')})\\1`)
  expect(slugs()).toHaveLength(5)
  expect(found(src, names)).toEqual([])
  expect(
    views()
      .filter(({ path }) => path.startsWith('views/'))
      .filter(({ text }) => names.test(text))
      .map(({ path }) => path),
  ).toEqual([])
})

test('no switch on the name of a step or factor outside its registry', () => {
  const names =
    'authenticator|sms|mail|backupCode|birthDate|credentials|signIn|password|intro|chooseFactor|phone|secretQuestion|together|done'
  expect(found(src, new RegExp(`case '(${names})':`))).toEqual([])
})

test('no test is longer than 400 lines', () => {
  expect(tests.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
})

test('where a type is forced there is the reason, on the line or right above it', () => {
  const forced = /\bas (never|unknown as|any)\b/
  const reasoned = /^\s*(\/\/|\*)|\/\/ /
  const without = src.flatMap(({ path, text }) => {
    const raw = readFileSync(join(root, path), 'utf8').split('\n')
    return text.split('\n').flatMap((line, at) => {
      const near = [raw[at]!.slice(line.trimEnd().length), ...raw.slice(Math.max(0, at - 2), at)]
      return forced.test(line) && !near.some((each) => reasoned.test(each)) ? [`${path}:${at + 1}`] : []
    })
  })
  expect(without).toEqual([])
})

test('an index.ts is no longer than a page of a notebook', () => {
  expect(
    src
      .filter(({ path, lines }) => /^src\/(identity|modules)\/[^/]+\/index\.ts$/.test(path) && lines > 40)
      .map(({ path, lines }) => `${path}: ${lines}`),
  ).toEqual([])
})

test('tests use the real thing: no mocks of modules, no spies, no sleeping on the wall clock', () => {
  const banned = new RegExp(
    ['vi\\.' + 'mock', 'vi\\.' + 'fn', 'vi\\.' + 'spyOn', 'toHaveBeen' + 'Called', 'useFake' + 'Timers'].join('|'),
  )
  expect(found(tests, banned)).toEqual([])
})

test('pages say raw only what we made ourselves, and do nothing inline', () => {
  // A mail's plain text is no HTML: there nothing is to be escaped.
  const raw = views()
    .filter(({ path }) => path !== 'views/mail/text.eta')
    .flatMap(({ path, text }) =>
      [...text.matchAll(/<%~\s*([^%]{0,40})/g)]
        .filter(([, what]) => !/^(it\.ui\.|it\.icon\(|include\(|it\.firmPart\(|it\.body)/.test(what ?? ''))
        .map(([, what]) => `${path}: ${what}`),
    )
  expect(raw).toEqual([])
  const banned = /\son[a-z]+=["']|\shx-on|javascript:|\sjs:|<script(?![^>]*\ssrc=)|\sstyle\s*=|<style/i
  expect(
    views()
      .filter(({ path, text }) => !path.includes('views/mail/') && banned.test(text))
      .map(({ path }) => path),
  ).toEqual([])
})
