import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import jsqr from 'jsqr'
import { Secret, TOTP, URI } from 'otpauth'
import { generateSync } from 'otplib'
import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import {
  authenticatorSecretFrom,
  checkAuthenticatorCode,
  keyInGroups,
  otpauthAddress,
  qrPicture,
} from '../../src/identity/factors/authenticator/code.ts'

/** A secret from as many random bits as the product gives. */
const newAuthenticatorSecret = () => authenticatorSecretFrom(randomBytes(32).toString('hex'))

const rfcSecret = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer }).base32
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
const moment = 1_800_000_000
const step = moment / 30
const codeOf = (secret: string, forStep: number) =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp: forStep * 30_000,
  })

/** A secret as made from the first release on: derived anew until it is confirmed, and then in somebody's phone. */
const bitByBit = (hex: string) =>
  (
    BigInt(`0x${hex.slice(0, 40)}`)
      .toString(2)
      .padStart(160, '0')
      .match(/.{5}/g) ?? []
  )
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[parseInt(five, 2)])
    .join('')

test('a secret is the same as ever from the same bits', () => {
  const bits = '00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0'
  expect(authenticatorSecretFrom(bits)).toBe('AAISEM2EKVTHPCEZVK54ZXPO74HR4LJ4')
  const random = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))
  fc.assert(fc.property(random, (hex) => authenticatorSecretFrom(hex) === bitByBit(hex)))
})

describe('published values', () => {
  test.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('RFC 6238 at %i s', (seconds, eight) => {
    expect(checkAuthenticatorCode(rfcSecret, eight.slice(2), { now: at(seconds), lastStep: null })).toEqual({
      ok: true,
      step: Math.floor(seconds / 30),
    })
  })
  test('RFC 4226, counters 0 to 9', () => {
    const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']
    codes.forEach((code, counter) =>
      expect(checkAuthenticatorCode(rfcSecret, code, { now: at(counter * 30), lastStep: null })).toEqual({
        ok: true,
        step: counter,
      }),
    )
  })
})

test('agrees with another implementation on a hundred secrets and moments', () => {
  for (let number = 0; number < 100; number++) {
    const secret = newAuthenticatorSecret()
    const later = step + number * 977
    const code = codeOf(secret, later)
    expect(generateSync({ secret, epoch: later * 30 })).toBe(code)
    expect(checkAuthenticatorCode(secret, code, { now: at(later * 30 + (number % 30)), lastStep: null })).toEqual({
      ok: true,
      step: later,
    })
  }
})

describe('window', () => {
  const secret = rfcSecret
  const check = (off: number, lastStep: number | null = null, seconds = 0) =>
    checkAuthenticatorCode(secret, codeOf(secret, step + off), { now: at(moment + seconds), lastStep })
  test('one step either side counts, from the first to the last second', () => {
    for (const off of [-1, 0, 1])
      for (const seconds of [0, 29]) expect(check(off, null, seconds)).toEqual({ ok: true, step: step + off })
  })
  test('two to ten steps off is said, not accepted', () => {
    for (let off = 2; off <= 10; off++)
      for (const sign of [-1, 1])
        expect(check(sign * off)).toEqual({
          ok: false,
          reason: 'skew',
          stepsOff: sign * off,
          minutesOff: sign * Math.round(off / 2),
        })
  })
  test('farther off is wrong', () => {
    for (const off of [-11, 11, -100, 100]) expect(check(off)).toEqual({ ok: false, reason: 'wrong' })
  })
  test('a step counts once, and so does every step before it', () => {
    expect(check(0, step)).toEqual({ ok: false, reason: 'replayed' })
    expect(check(-1, step)).toEqual({ ok: false, reason: 'replayed' })
    expect(check(1, step)).toEqual({ ok: true, step: step + 1 })
    expect(check(-4, step - 4)).toEqual({ ok: false, reason: 'replayed' })
    expect(check(0, step - 1)).toEqual({ ok: true, step })
  })
  test('a clock that went back throws nothing and accepts nothing twice', () => {
    for (const back of [1, 2, 5, 11, 1000, step]) {
      const verdict = checkAuthenticatorCode(secret, codeOf(secret, step), {
        now: at(moment - back * 30),
        lastStep: step,
      })
      expect(verdict.ok).toBe(false)
      expect(
        checkAuthenticatorCode(secret, codeOf(secret, step - back), { now: at(moment - back * 30), lastStep: step }),
      ).toEqual({ ok: false, reason: 'replayed' })
    }
  })
  test.each([
    '',
    '12345',
    '1234567',
    'abcdef',
    '12 456',
    '١٢٣٤٥٦',
    '12345\n',
    '123456\n',
    '-12345',
    '1e5000',
    '9'.repeat(10_000),
  ])('%s has not the shape of a code', (code) => {
    expect(checkAuthenticatorCode(secret, code, { now: at(moment), lastStep: null })).toEqual({
      ok: false,
      reason: 'wrong',
    })
  })
  test('the code of somebody else is wrong', () => {
    const others = Array.from(
      { length: 200 },
      () =>
        checkAuthenticatorCode(secret, codeOf(newAuthenticatorSecret(), step), { now: at(moment), lastStep: null }).ok,
    )
    expect(others.filter(Boolean).length).toBeLessThanOrEqual(1)
  })
})

describe('secret, address and picture', () => {
  test('secrets have 160 bits and differ', () => {
    const secrets = Array.from({ length: 200 }, newAuthenticatorSecret)
    expect(new Set(secrets).size).toBe(200)
    for (const secret of secrets) expect(Secret.fromBase32(secret).bytes.length).toBe(20)
    expect(keyInGroups(secrets[0]!)).toMatch(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
    expect(keyInGroups(secrets[0]!).replaceAll(' ', '')).toBe(secrets[0])
  })
  test.each([
    ['Kring Beoordelaars', 'jan+werk@kring.example'],
    ['Café & Zn: één', 'j.de vries/?#%'],
    ['GGZ De Linde', '用户@例子.世界'],
  ])('%s, %s: an app reads what we mean from the picture', async (issuer, account) => {
    const secret = newAuthenticatorSecret()
    const address = otpauthAddress({ issuer, account, secret })
    const picture = PNG.sync.read(await qrPicture(address))
    const read = jsqr.default(new Uint8ClampedArray(picture.data), picture.width, picture.height)?.data
    expect(read).toBe(address)
    const totp = URI.parse(read!)
    expect(totp).toBeInstanceOf(TOTP)
    expect(totp).toMatchObject({
      issuer: issuer.replaceAll(':', ' '),
      label: account,
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
    })
    expect(totp.secret.base32).toBe(secret)
  })
  test('the picture is large enough and has a quiet zone of four modules', async () => {
    const picture = PNG.sync.read(await qrPicture('A'))
    expect(picture.width).toBeGreaterThanOrEqual(240)
    for (let x = 0; x < picture.width; x++)
      for (let y = 0; y < 40; y++) expect(picture.data[(y * picture.width + x) * 4]).toBe(255)
    expect(picture.data[(40 * picture.width + 40) * 4]).toBe(0)
  })
})
