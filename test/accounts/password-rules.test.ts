import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openBreachedList } from '../../src/identity/accounts/breached-list.ts'
import { brokenRule, judgePassword, passwordRules } from '../../src/identity/accounts/password-rules.ts'
import type { PasswordPolicy, RuleName } from '../../src/identity/accounts/password-rules.ts'

const policy: PasswordPolicy = { minimum: 12, maximum: 128, oneOf: null, refuse: ['common', 'breached', 'context'] }
const broken = (password: string, more: Partial<PasswordPolicy> = {}, context: string[] = []): RuleName[] => {
  const rules = judgePassword(password, { ...policy, ...more }, context).rules.filter((rule) => !rule.ok)
  // What a form says, which judges no further than that.
  const first = rules[0] && { name: rules[0].name, params: rules[0].params }
  expect(brokenRule(password, { ...policy, ...more }, context)).toEqual(first && expect.objectContaining(first))
  return rules.map((rule) => rule.name)
}

describe('length', () => {
  test('is counted in code points after NFC', () => {
    expect(broken('😀🦊🌵🚲🎻🧭🪁🥨🪐🧶🛶🫐')).toEqual([])
    expect(broken('e\u0301x!Kw9\u00e9vQz', { minimum: 11, refuse: [] })).toEqual(['length'])
    expect(broken('e\u0301x!Kw9\u00e9vQzp', { minimum: 11, refuse: [] })).toEqual([])
  })
  test('two ways of writing one character give one password', () => {
    expect(judgePassword('cafe\u0301 ', policy, []).nfc).toBe('caf\u00e9 ')
  })
  test('nothing is trimmed or cut', () => {
    const typed = `  ${'gT5#'.repeat(31)}  `
    expect(judgePassword(typed, policy, []).nfc).toBe(typed)
    expect(broken('  aQ9!xW3?zP  ', { refuse: [] })).toEqual([])
    expect(broken('x'.repeat(128), { refuse: [] })).toEqual([])
    expect(broken('x'.repeat(129), { refuse: [] })).toEqual(['maximum'])
  })
  test.each(['tab\there and more', 'line\nbreak and more', 'nul\0 and some more', 'half \ud83d character'])(
    'a character nobody sees is refused',
    (password) => {
      expect(broken(password, { refuse: [] })).toEqual(['characters'])
    },
  )
})

describe("one of the tenant's characters", () => {
  const oneOf = '!%&@#$^*?_~'
  test.each([...oneOf])('%s is enough', (character) =>
    expect(broken(`wolkfietsnoot${character}`, { oneOf })).toEqual([]),
  )
  test('another sign is not', () => expect(broken('wolk fiets noot (7)', { oneOf })).toEqual(['oneOf']))
})

describe('guessable', () => {
  test.each([
    'Welkom2026!',
    'W3lk0m2026!!',
    'Welkom01Welkom01',
    'Wachtwoord123!',
    'W@chtwoord2026',
    'Zomer2026!!!',
    'Amsterdam2026!',
    'Utrecht-2026!',
    'Feyenoord1908!',
    'Januari2026!!',
    'Sinterklaas2025',
    'ikhouvanjou2026',
    'Geheim2026?!',
    'P4$$w0rd2026!',
    'passwordpassword',
    'qwertyuiopas',
    'asdfghjkl;123',
    '123456789012',
    '1q2w3e4r5t6y7u',
    'abcdefghijkl',
    'aaaaaaaaaaaaaaaa',
    '19-08-1974 1974',
    '2026!mokleW',
    '',
    'Welkom1!'.repeat(16),
  ])('%s is refused', (password) => {
    expect(broken(password, { minimum: 1, refuse: ['common'] })).toEqual(
      password === '' ? ['length', 'common'] : ['common'],
    )
  })
  test.each([
    'correct horse battery staple',
    'kaas appel fiets zon',
    'blauwe fiets rijdt',
    'Fietsbel!Wolk9',
    'xkcdpqmzwtrb',
    'x7Gq2Lm9pR4t',
    ' spatie vooraan hoort erbij',
    'Tr7-vKq2-mWz9-Lp4x-Bn8s',
    'f3b1c9d07a5e4826f3b1c9d07a5e4826',
    `${'a'.repeat(40)}kVq8#Lw2!zR`,
  ])('%s is accepted', (password) => {
    expect(broken(password)).toEqual([])
  })
  test('random characters pass at every length a firm may ask', () => {
    for (const password of ['kR7!mQ2z', 'wq8Zt4vLp', 'Hx3?nB9sKd']) expect(broken(password, { minimum: 8 })).toEqual([])
  })
  test('a far too long text is answered too', () =>
    expect(broken('Ab1!'.repeat(25_000), {}, ['Kring Beoordelaars'])).toContain('maximum'))
})

describe('context', () => {
  const context = [
    'GGZ De Linde',
    'j.devries',
    'Jan.de.Vries@mail.kring.example',
    'Zoë',
    'van der Wâal-Müller',
    'Van Dam Accountants',
  ]
  test.each([
    ['wolk linde fiets', 'linde'],
    ['xxL1nd3xx-7382', 'linde'],
    ['fiets VR1€S wolk', 'vries'],
    ['mijn-muller-noot', 'muller'],
    ['noot w4al wolk!', 'waal'],
    ['d3vr1es-noot-99', 'devries'],
    ['noot van dam 88', 'vandam'],
    ['noot VanDam 88!', 'vandam'],
    ['acc0untants-88!', 'accountants'],
    ['kr1ng noot fiets', 'kring'],
  ])('%s contains %s', (password, word) => {
    const rule = judgePassword(password, policy, context).rules.find((rule) => rule.name === 'context')
    expect(rule).toMatchObject({ name: 'context', params: { word }, ok: false })
  })
  test.each(['zoemende kast noot', 'example fiets noot', 'stoel inderdaad wolk', 'de van der noot 73'])(
    '%s does not',
    (password) => {
      expect(broken(password, {}, context)).toEqual([])
    },
  )
  test('nothing known about the person is fine', () =>
    expect(broken('kaas appel fiets zon', {}, ['', ' ', '@', 'a.b@c'])).toEqual([]))
})

describe('breached', () => {
  const folder = mkdtempSync(join(tmpdir(), 'breached-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()
  const passwords = Array.from({ length: 500 }, (_, number) => `gestolen wachtwoord ${number}`)
  const file = (name: string, lines: string[], end: string) => {
    const path = join(folder, name)
    writeFileSync(path, lines.toSorted().join(end) + (name.includes('open') ? '' : end))
    return path
  }
  test.each([
    ['full.txt', (hash: string) => hash, '\n'],
    ['counts.txt', (hash: string, number: number) => `${hash}:${number ** 3 + 1}`, '\r\n'],
    ['open-end.txt', (hash: string) => hash, '\n'],
    ['prefix.txt', (hash: string) => hash.slice(0, 16), '\n'],
  ])('%s: every listed password is found and no other', (name, write, end) => {
    const list = openBreachedList(
      file(
        name,
        passwords.map((password, number) => write(sha1(password), number)),
        end,
      ),
    )
    for (const password of passwords) expect(list.has(password)).toBe(true)
    for (let number = 0; number < 500; number++) expect(list.has(`eigen wachtwoord ${number}`)).toBe(false)
    list.close()
  })
  test('one line', () => {
    const list = openBreachedList(file('one.txt', [sha1('a')], '\n'))
    expect(['a', 'b', 'c', 'd', ''].map(list.has)).toEqual([true, false, false, false, false])
    list.close()
  })
  test('something else than a list is refused at once', () => {
    writeFileSync(join(folder, 'prose.txt'), 'welkom\n')
    expect(() => openBreachedList(join(folder, 'prose.txt'))).toThrow('not a sorted list')
    expect(() => openBreachedList(join(folder, 'absent.txt'))).toThrow('ENOENT')
  })
  test('the rule is shown only where there is a list', () => {
    const list = openBreachedList(file('shown.txt', [sha1('kaas appel fiets zon')], '\n'))
    const names = (refuse: PasswordPolicy['refuse'], breached = false) =>
      passwordRules({ ...policy, refuse }, breached ? list : null).map((rule) => rule.name)
    expect(names(['breached'])).toEqual(['length', 'common'])
    expect(names(['breached'], true)).toEqual(['length', 'breached'])
    expect(names(['common', 'breached', 'context'], true)).toEqual(['length', 'common', 'breached', 'context'])
    expect(
      judgePassword('kaas appel fiets zon', policy, [], list)
        .rules.filter((rule) => !rule.ok)
        .map((rule) => rule.name),
    ).toEqual(['breached'])
    expect(judgePassword('kaas appel fiets maan', policy, [], list).ok).toBe(true)
    list.close()
  })
})
