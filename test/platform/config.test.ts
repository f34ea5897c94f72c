import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, configurationKeys, readConfig } from '../../src/platform/config/config.ts'
import { newDataKey } from '../../src/platform/crypto/encryption.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'portal-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const production = {
  NODE_ENV: 'production',
  BASE_URL: 'https://portal.example',
  DATABASE_URL: 'postgresql://portal:hidden-database@db/portal',
  SMTP_URL: 'smtps://mailer:hidden-mail@mail.example',
  MAIL_FROM: 'no-reply@portal.example',
  MASTER_KEY: `k1:${newDataKey().toString('base64')}`,
  SESSION_SECRET: 'hidden-session-'.repeat(4),
  DATA_DIR: folder,
}

const complaints = (env: Record<string, string>) => {
  try {
    readConfig(env)
  } catch (error) {
    return (error as Error).message.split('\n').filter((line) => line.startsWith('- '))
  }
  return []
}

test('development needs nothing and keeps the secrets it makes; a master key only when asked to', () => {
  const env = { DATA_DIR: path.join(folder, 'development') }
  const [first, second] = [readConfig(env), readConfig(env)]
  expect([first.masterKey(), existsSync(path.join(env.DATA_DIR, 'master.key'))]).toEqual([null, false])
  expect(first.makeMasterKey()).toMatch(/^k1:.{44}$/)
  expect([first.masterKey(), second.masterKey(), second.makeMasterKey()]).toEqual(Array(3).fill(first.makeMasterKey()))
  expect(second.sessionSecrets()).toEqual(first.sessionSecrets())
  expect(first).toMatchObject({
    production: false,
    port: 3000,
    host: '127.0.0.1',
    baseUrl: 'http://localhost:3000',
    mailFrom: 'no-reply@localhost',
    sms: null,
    trustedProxies: [],
    logLevel: 'info',
  })
  for (const name of ['master.key', 'session.secret'])
    expect(statSync(path.join(env.DATA_DIR, name)).mode & 0o777).toBe(0o600)
  expect(readFileSync(path.join(env.DATA_DIR, 'master.key'), 'utf8')).toBe(first.masterKey())
  expect(readdirSync(env.DATA_DIR).sort()).toEqual(['master.key', 'session.secret'])
})

test.each([
  ['session.secret', '', 'empty'],
  ['session.secret', 'short', 'shorter than 32'],
  ['master.key', '', 'empty'],
  ['master.key', 'k1:c2hvcnQ=', 'not the base64'],
])('a kept %s that reads "%s" is refused, with its path and what to do', (name, text, words) => {
  const env = { DATA_DIR: mkdtempSync(path.join(folder, 'kept-')) }
  const file = path.join(env.DATA_DIR, name)
  writeFileSync(file, text)
  const open = () => readConfig(env).masterKey()
  expect(open).toThrow(ConfigError)
  for (const part of [file, words, 'Put back']) expect(open).toThrow(part)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('a data folder that cannot be written is named', () => {
  writeFileSync(path.join(folder, 'file'), '')
  expect(() => readConfig({ DATA_DIR: path.join(folder, 'file/data') })).toThrow(
    /^DATA_DIR: set it to a folder that can be written/,
  )
})

test('production names everything that is missing at once, one line each', () => {
  const lines = complaints({ NODE_ENV: 'production', PORT: 'abc', TRUSTED_PROXIES: 'loopback', DATA_DIR: '' })
  const names = lines.map((line) => line.split(':')[0]?.slice(2))
  expect(names.sort()).toEqual([
    'BASE_URL',
    'DATABASE_URL',
    'MAIL_FROM',
    'MASTER_KEY',
    'PORT',
    'SESSION_SECRET',
    'SMTP_URL',
    'TRUSTED_PROXIES',
  ])
  expect(lines.every((line) => line.includes('set it to'))).toBe(true)
})

test.each([
  ['BASE_URL', 'http://portal.example'],
  ['BASE_URL', 'https://portal.example/path'],
  ['DATABASE_URL', 'mysql://db'],
  ['REDIS_URL', 'localhost:6379'],
  ['MASTER_KEY', 'k1:short'],
  ['SESSION_SECRET', 'short'],
  ['TRUSTED_PROXIES', '10.0.0.0/8'],
  ['MAIL_FROM', 'somebody'],
  ['PORT', '70000'],
  ['LOG_LEVEL', 'loud'],
  ['NODE_ENV', 'test'],
])('%s refuses %s', (name, value) => {
  const lines = complaints({ ...production, [name]: value })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(new RegExp(`^- ${name}: set it to `))
})

test('an SMS gateway needs its sign-in and sender', () => {
  const names = complaints({ ...production, SMS_URL: 'https://sms.example' }).map((line) => line.split(':')[0])
  expect(names).toEqual(['- SMS_FROM', '- SMS_USER', '- SMS_PASSWORD'])
  expect(
    complaints({ ...production, SMS_URL: 'https://sms.example', SMS_PRESET: 'json', SMS_FROM: 'Portaal' }),
  ).toEqual([])
})

test('a printed configuration shows no secret, and cannot be changed', () => {
  const config = readConfig({
    ...production,
    REDIS_URL: 'redis://:hidden-redis@r',
    SMS_URL: 'https://hidden-sms@s',
    SMS_USER: 'u',
    SMS_PASSWORD: 'hidden-word',
    SMS_FROM: '1234',
  })
  expect(config.databaseUrl()).toContain('hidden-database')
  expect(config.sms?.password()).toBe('hidden-word')
  for (const shown of [JSON.stringify(config), inspect(config, { depth: 9, showHidden: true }), String(config)]) {
    expect(shown).not.toContain('hidden')
    expect(shown).not.toContain(production.MASTER_KEY.slice(3))
  }
  expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError)
})

test('the table of keys is complete in words', () => {
  for (const { name, meaning, required } of configurationKeys)
    expect([name, meaning, required].every(Boolean)).toBe(true)
})
