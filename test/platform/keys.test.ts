import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { heldClock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { newDataKey } from '../../src/platform/crypto/encryption.ts'
import { openPortal } from '../../src/services.ts'
import { httpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { start } from '../support/start.ts'

const root = path.join(import.meta.dirname, '../..')
const k1 = inject('masterKey')
const fresh = (id: string) => `${id}:${newDataKey().toString('base64')}`
const k2 = fresh('k2')
let portal: TestPortal
let folder: string
beforeAll(async () => {
  portal = await openTestPortal()
  folder = await mkdtemp(path.join(tmpdir(), 'portal-keys-'))
})
afterAll(async () => {
  await portal.close()
  await rm(folder, { recursive: true, force: true })
})

/** What a start on this database says, with other keys. */
const refusal = async (env: Record<string, string>): Promise<string> => {
  const data = await mkdtemp(path.join(folder, 'data-'))
  try {
    const open = await openPortal({
      config: readConfig({ DATA_DIR: data, ...env }),
      clock: heldClock(start),
      log: createLog({ level: 'silent' }),
      databaseUrl: portal.databaseUrl,
    })
    await open.close()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
const command = async (masterKey: string, ...words: string[]) =>
  (
    await promisify(execFile)(process.execPath, ['src/cli.ts', ...words], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', DATA_DIR: folder, DATABASE_URL: portal.databaseUrl, MASTER_KEY: masterKey },
    })
  ).stdout

test('where data is, no key is made: the start names the key that is needed, and where it should be', async () => {
  const data = await mkdtemp(path.join(folder, 'lost-'))
  const said = await refusal({ DATA_DIR: data })
  for (const part of ['MASTER_KEY', '"k1"', path.join(data, 'master.key')]) expect(said).toContain(part)
  await expect(readFile(path.join(data, 'master.key'))).rejects.toThrow('ENOENT')
  await writeFile(path.join(data, 'master.key'), k1)
  expect(await refusal({ DATA_DIR: data })).toBe('')
})

test('another key of the same name is told from the right one', async () => {
  expect(await refusal({ MASTER_KEY: fresh('k1') })).toContain('"k1" is another key')
  // Also where everything is wrapped with another key and only the fingerprint can tell.
  expect(await refusal({ MASTER_KEY: `${k1},${k2}` })).toBe('')
  expect(await refusal({ MASTER_KEY: `${k1},${fresh('k2')}` })).toContain('"k2" is another key')
  // A database of before the fingerprints.
  await portal.sql('truncate master_key')
  expect(await refusal({ MASTER_KEY: fresh('k1') })).toContain('"k1" is another key')
})

test('a new current key forgives nobody: limits go by a key of their own', async () => {
  const before = portal.services.keyedDigest('sign-in', 'somebody')
  await portal.restart({ env: { MASTER_KEY: `${k2},${k1}` } })
  expect(portal.services.keyedDigest('sign-in', 'somebody')).toBe(before)
})

test('a retired key on which passwords hang is refused, with how many; wrapped anew it may go, and they still sign in', async () => {
  const [{ count } = { count: 0 }] = await portal.sql<{ count: number }>(
    `select count(*)::int as count from account where password_hash like 'k1$%'`,
  )
  expect(count).toBeGreaterThan(5)
  const said = await refusal({ MASTER_KEY: k2 })
  expect(said).toContain('"k1" is missing')
  expect(said).toMatch(new RegExp(`${count} passwords and secret answers hang on it`))

  expect(await command(`${k2},${k1}`, 'keys')).toMatch(/^k1 +former +.*--rewrap/m)
  expect(await command(`${k2},${k1}`, 'keys', '--rewrap')).toMatch(/^k1 +former +.*its pepper is kept.*may leave/m)
  expect(await refusal({ MASTER_KEY: k2 })).toBe('')

  await portal.restart({ env: { MASTER_KEY: k2 } })
  const person = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', person)
  expect(await person.at()).toBe('/home')
  const hashes = await portal.sql<{ id: string }>(
    `select distinct split_part(password_hash, '$', 1) as id from account where last_sign_in_at = $1`,
    [portal.services.clock.now().toString()],
  )
  expect(hashes).toContainEqual({ id: 'k2' })
})

test('what hangs on a key that is not here is shown without it', async () => {
  expect(await command(fresh('k3'), 'keys')).toMatch(/^k2 +not here +\d+ data keys of firms/m)
})
