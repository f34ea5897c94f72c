import { expect, test } from 'vitest'
import {
  createKeyRing,
  createVault,
  digest,
  newDataKey,
  randomToken,
  Unreadable,
} from '../../src/platform/crypto/encryption.ts'

const masterKey = (id: string) => `${id}:${newDataKey().toString('base64')}`
const place = 'tenant|phone|number|7'

test('tokens differ and are long enough', () => {
  expect(new Set(Array.from({ length: 100 }, randomToken)).size).toBe(100)
  expect(randomToken()).toMatch(/^[\w-]{43}$/)
  expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('what is sealed opens again, only in its own place', () => {
  const vault = createVault({ dataKey: newDataKey() })
  const sealed = vault.seal(place, '+31612345678 é')
  expect(sealed).not.toContain('316')
  expect(vault.open(place, sealed)).toBe('+31612345678 é')
  expect(vault.seal(place, 'same')).not.toBe(vault.seal(place, 'same'))
  expect(() => vault.open('tenant|phone|number|8', sealed)).toThrow(Unreadable)
})

test('no altered character goes unnoticed', () => {
  const vault = createVault({ dataKey: newDataKey() })
  const sealed = vault.seal(place, 'secret')
  for (let at = 0; at < sealed.length - 1; at++) {
    const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    expect(() => vault.open(place, altered), `character ${at}`).toThrow(Unreadable)
  }
  for (const odd of ['', '.', 'x', sealed.slice(0, 30)]) expect(() => vault.open(place, odd)).toThrow(Unreadable)
})

test('a former data key still opens, another tenant’s does not', () => {
  const [old, next] = [newDataKey(), newDataKey()]
  const sealed = createVault({ dataKey: old }).seal(place, 'kept')
  expect(createVault({ dataKey: next, formerKeys: [old] }).open(place, sealed)).toBe('kept')
  expect(() => createVault({ dataKey: next }).open(place, sealed)).toThrow(Unreadable)
})

test('a blind index is the same for the same value and purpose only', () => {
  const vault = createVault({ dataKey: newDataKey() })
  expect(vault.mac('email', 'a@b')).toBe(vault.mac('email', 'a@b'))
  expect(vault.mac('email', 'a@b')).not.toBe(vault.mac('code', 'a@b'))
  expect(vault.mac('email', 'a@b')).not.toBe(createVault({ dataKey: newDataKey() }).mac('email', 'a@b'))
})

test('master keys rotate: the old one unwraps, the new one wraps', () => {
  const [first, second] = [masterKey('k1'), masterKey('k2')]
  const dataKey = newDataKey()
  const wrapped = createKeyRing(first).wrap(dataKey)
  const ring = createKeyRing(`${second}, ${first}`)
  expect(ring.unwrap(wrapped)).toEqual(dataKey)
  expect([ring.isStale(wrapped), ring.isStale(ring.wrap(dataKey))]).toEqual([true, false])
  expect(() => createKeyRing(second).unwrap(wrapped)).toThrow(Unreadable)
  expect(() => createKeyRing(masterKey('k1')).unwrap(wrapped)).toThrow(Unreadable)
})

test.each([
  ['', 'needs an id'],
  ['k1', 'needs 32|not the base64'],
  ['k1:c2hvcnQ=', 'not the base64 of 32 bytes'],
  [`k e:${masterKey('x')}`, 'needs an id'],
])('a wrong master key "%s" is explained', (text, words) => {
  expect(() => createKeyRing(text)).toThrow(new RegExp(words))
})

test('two keys with one name are refused, without showing them', () => {
  const twice = `${masterKey('k1')},${masterKey('k1')}`
  expect(() => createKeyRing(twice)).toThrow('two keys are called "k1"')
})
