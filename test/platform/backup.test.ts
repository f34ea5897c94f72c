import pg from 'pg'
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { backUp, restoreFrom } from '../../src/backup.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { newDataKey } from '../../src/platform/crypto/encryption.ts'
import type { Manifest } from '../../src/platform/backup/manifest.ts'
import { httpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { ownDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { sqlOfReadme } from './readme-sql.ts'

const log = createLog({ level: 'silent' })
const ends: (() => Promise<unknown>)[] = []
let portal: TestPortal
let folder: string
let role: string
let manifest: Manifest

const settings = (env: Record<string, string> = {}) =>
  readConfig({ DATA_DIR: path.join(folder, 'data'), MASTER_KEY: inject('masterKey'), ...env })
const write = (name: string, url = role) =>
  backUp({ config: settings(), url, folder: path.join(folder, name), now: portal.services.clock.now() })

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-backup-'))
  portal = await openTestPortal()
  ends.push(() => rm(folder, { recursive: true, force: true }), portal.close)
  const person = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', person)
  for (const statement of sqlOfReadme('portal_backup')) await portal.sql(statement)
  ends.push(async () => {
    await portal.sql('drop owned by portal_backup')
    await portal.sql('drop role portal_backup')
  })
  const url = new URL(portal.databaseUrl)
  url.username = 'portal_backup'
  url.password = 'choose one'
  role = url.href
  manifest = await write('whole')
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

/** Everything in every table that is in a backup, as one digest per table. */
async function contents(url: string): Promise<Record<string, string>> {
  const server = new URL(inject('postgresUrl'))
  server.pathname = new URL(url).pathname
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  const digests: Record<string, string> = {}
  for (const { name, columns } of manifest.tables) {
    const row = `concat_ws('|', ${columns.map((each) => `"${each}"::text`).join(', ')})`
    digests[name] = (
      await client.query(
        `select coalesce(md5(string_agg(${row}, E'\\n' order by ${row})), '') || ' ' || count(*) as all from "${name}"`,
      )
    ).rows[0].all
  }
  await client.end()
  return digests
}

test('the owner cannot read past the wall, and is told which role can', async () => {
  await expect(write('owner', portal.databaseUrl)).rejects.toThrow(/row-level security.*BACKUP_DATABASE_URL/)
  expect((await readdir(folder)).filter((name) => name.startsWith('owner'))).toEqual([])
})

test('a backup says what it holds, and no session, no key and nobody else may read it', async () => {
  expect(manifest.tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['account', 'audit_line', 'dev_message', 'outbox_message', 'tenant']),
  )
  expect(manifest.leftOut).toEqual(
    expect.arrayContaining(['browser_session', 'mikro_orm_migrations', 'portal_session', 'trusted_computer']),
  )
  expect(manifest.masterKeys).toMatchObject([{ id: 'k1' }])
  expect(manifest.firms.map(({ slug }) => slug)).toHaveLength(5)
  expect(manifest.sequences).toMatchObject([{ name: 'dev_message_seq_seq', called: true }])
  const text = await readFile(path.join(folder, 'whole/manifest.json'), 'utf8')
  expect(text).not.toContain(inject('masterKey').slice(3, 40))
  expect((await stat(path.join(folder, 'whole'))).mode & 0o77).toBe(0)
  expect((await stat(path.join(folder, 'whole/tables/account.copy.gz'))).mode & 0o77).toBe(0)
  await expect(write('whole')).rejects.toThrow('is there already')
})

test('restored into an empty database it is the same installation: rows, walls, logs, and people sign in', async () => {
  const other = await ownDatabase()
  ends.push(other.drop)
  await restoreFrom({ config: settings(), url: other.url, folder: path.join(folder, 'whole'), log })
  expect(await contents(other.url)).toEqual(await contents(portal.databaseUrl))
  await expect(
    restoreFrom({ config: settings(), url: other.url, folder: path.join(folder, 'whole'), log }),
  ).rejects.toThrow('The database is not empty')

  const restored = await openTestPortal({ on: other.url, at: portal.services.clock.now().toString() })
  ends.push(restored.close)
  const person = httpPerson(restored, 'kring')
  await signsIn(restored, 'kring', person)
  expect(await person.at()).toBe('/home')
  expect(await restored.sql(`select relname from pg_class where relrowsecurity and not relforcerowsecurity`)).toEqual(
    [],
  )
  await expect(restored.sql(`update audit_line set action = 'x'`)).rejects.toThrow('only ever added to')
})

/** A copy of the backup in which one table reads otherwise, with a manifest that fits it. */
async function altered(name: string, table: string, change: (text: string) => string, fits: boolean): Promise<string> {
  const copy = path.join(folder, name)
  await cp(path.join(folder, 'whole'), copy, { recursive: true })
  const file = path.join(copy, 'tables', `${table}.copy.gz`)
  const text = change(gunzipSync(await readFile(file)).toString())
  await writeFile(file, gzipSync(text))
  const facts = {
    rows: text.split('\n').length - 1,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  }
  const tables = manifest.tables.map((each) => (each.name === table ? { ...each, ...facts } : each))
  if (fits) await writeFile(path.join(copy, 'manifest.json'), JSON.stringify({ ...manifest, tables }))
  return copy
}

test('what was altered, cut or sealed with another key is refused, and nothing of it stays', async () => {
  const other = await ownDatabase()
  ends.push(other.drop)
  const into = (from: string, env?: Record<string, string>) =>
    restoreFrom({ config: settings(env), url: other.url, folder: from, log })
  const lastLine = (text: string) => text.split('\n').findLast((line) => line.includes('signIn.done')) ?? ''
  await expect(into(path.join(folder, 'nowhere'))).rejects.toThrow('no manifest.json')
  await expect(into(await altered('name', 'account', (text) => text.replace(/Hanna/, 'Hanny'), false))).rejects.toThrow(
    /Table account .* sha256 differ/,
  )
  await expect(
    into(await altered('log', 'audit_line', (text) => text.replace('signIn.done', 'signIn.gone'), true)),
  ).rejects.toThrow(/The log of \w+ in the backup is broken at line \d+/)
  await expect(
    into(await altered('tail', 'audit_line', (text) => text.replace(`${lastLine(text)}\n`, ''), true)),
  ).rejects.toThrow(/does not end where its manifest says|is broken at line/)
  await expect(
    into(
      await altered(
        'leak',
        'organisation',
        (text) => text.replace(/\t[^\t\n]+\t(?=\d{4}-)/, `\t${inject('masterKey').slice(3)}\t`),
        true,
      ),
    ),
  ).rejects.toThrow('A key of this installation stands in table organisation')
  await expect(
    into(path.join(folder, 'whole'), { MASTER_KEY: `k1:${newDataKey().toString('base64')}` }),
  ).rejects.toThrow('"k1" is another key')
  await expect(
    restoreFrom({
      config: readConfig({ DATA_DIR: path.join(folder, 'bare') }),
      url: other.url,
      folder: path.join(folder, 'whole'),
      log,
    }),
  ).rejects.toThrow(/master key "k1", which is not here/)
  await into(path.join(folder, 'whole'))
  expect(await contents(other.url)).toEqual(await contents(portal.databaseUrl))
})

test('a key is never written into a backup', async () => {
  await portal.sql(
    `update organisation set name = $1 where (tenant_id, id) = (select tenant_id, id from organisation limit 1)`,
    [`x ${inject('masterKey').slice(3)}`],
  )
  await expect(write('leaking')).rejects.toThrow('A key of this installation stands in table organisation')
  expect((await readdir(folder)).filter((name) => name.startsWith('leaking'))).toEqual([])
})
