import pg from 'pg'
import { execFile, spawnSync } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { heldClock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { ownedDatabase } from '../../src/platform/db/database.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { openPortal } from '../../src/services.ts'
import { firstBadLine } from '../../src/identity/audit/index.ts'
import { loadPeople } from '../../src/modules/development/index.ts'
import { emOf } from '../../src/tenancy/tenants.ts'
import { commandOfReadme, sqlOfReadme } from '../platform/readme-sql.ts'
import { start } from '../support/start.ts'
import { freePort, until } from './process.ts'

const root = path.join(import.meta.dirname, '../..')
const execute = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-copies-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The command line as an operator types it, with what it says. */
async function portal(env: Record<string, string>, ...words: string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, ['src/cli.ts', ...words], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
  })
  return stdout
}

test('on the embedded server one command writes a backup; tried, and restored on an empty machine', async () => {
  const [here, there, copy] = ['here', 'there', 'copy'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ]
  const before = await portal(
    { DATA_DIR: here },
    'invite',
    'kring',
    '--name',
    'Iris Post',
    '--email',
    'iris@kring.example',
  )
  expect(before).toContain('Invited')
  expect(await portal({ DATA_DIR: here }, 'backup', copy)).toMatch(/Without master key "k1" it cannot be read/)
  expect(await portal({ DATA_DIR: there }, 'restore', copy, '--check')).toMatch(
    /is whole: .* no key in it\.\n.*not tried with its master key/,
  )
  await writeFile(path.join(there, 'master.key'), await readFile(path.join(here, 'master.key')))
  expect(await portal({ DATA_DIR: there }, 'restore', copy)).toContain('It is restored')
  expect(await portal({ DATA_DIR: there }, 'audit', 'kring')).toContain('whole')
}, 240_000)

/** The programs of a server that Debian's package brought. */
const binaries = '/usr/lib/postgresql'
const versions = await readdir(binaries).catch(() => [])
const version = versions.find(
  (each) =>
    spawnSync(path.join(binaries, each, 'bin/postgres'), ['--version']).status === 0 &&
    spawnSync(path.join(binaries, each, 'bin/pg_dump'), ['--version']).status === 0,
)

describe.skipIf(!version)('pg_dump of the server’s own version (skipped: no PostgreSQL of the system here)', () => {
  const bin = (name: string) => path.join(binaries, version ?? '', 'bin', name)
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  let data: string
  let superuser: string
  beforeAll(async () => {
    const home = path.join(folder, 'system')
    data = path.join(home, 'data')
    await chmod(folder, 0o755)
    await mkdir(home)
    await writeFile(path.join(home, 'password'), 'system')
    if (nobody.uid) for (const each of [home, path.join(home, 'password')]) await chown(each, nobody.uid, nobody.gid)
    const port = await freePort()
    await execute(
      bin('initdb'),
      [
        `--pgdata=${data}`,
        '--username=postgres',
        `--pwfile=${path.join(home, 'password')}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { ...nobody, cwd: home },
    )
    await execute(
      bin('pg_ctl'),
      [
        '--pgdata',
        data,
        '--wait',
        '--log',
        path.join(home, 'log'),
        '--options',
        `-p ${port} -c unix_socket_directories= -c listen_addresses=127.0.0.1 -c fsync=off`,
        'start',
      ],
      { ...nobody, cwd: home },
    )
    superuser = `postgresql://postgres:system@127.0.0.1:${port}/postgres`
    await until('the server answers', async () => (await sql(superuser, 'select 1 as n')).length === 1)
  })
  afterAll(() =>
    execute(bin('pg_ctl'), ['--pgdata', data, '--wait', '--mode', 'fast', 'stop'], {
      ...nobody,
      cwd: path.dirname(data),
    }),
  )

  async function sql(url: string, text: string): Promise<object[]> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return (await client.query(text).finally(() => client.end())).rows
  }
  const open = (databaseUrl: string) =>
    openPortal({
      config: readConfig({ DATA_DIR: path.join(folder, 'keys'), MASTER_KEY: inject('masterKey') }),
      clock: heldClock(start),
      log: createLog({ level: 'silent' }),
      databaseUrl,
    })

  test('with the README’s role and command: dumped, restored, and the installation opens with whole logs', async () => {
    const from = await ownedDatabase(superuser, 'portal')
    const portal = await open(from)
    await loadPeople(portal.services)
    await portal.close()
    for (const statement of sqlOfReadme('portal_backup')) await sql(superuser, statement)
    const role = new URL(from)
    role.username = 'portal_backup'
    role.password = 'choose one'
    const target = await ownedDatabase(superuser, 'restored')
    const env = {
      PATH: `${path.dirname(bin('pg_dump'))}:${process.env.PATH}`,
      BACKUP_DATABASE_URL: role.href,
      DATABASE_URL: target,
    }
    for (const program of ['pg_dump', 'psql'])
      await execute('sh', ['-ec', commandOfReadme(program)], { cwd: folder, env })
    const restored = superuser.replace(/postgres$/, 'restored')
    for (const statement of sqlOfReadme('search.people')) await sql(restored, statement)
    expect(
      await sql(restored, `select pg_get_userbyid(proowner) as owner from pg_proc where proname = 'people'`),
    ).toEqual([{ owner: 'portal_search' }])
    const again = await open(target)
    for (const { id } of again.services.tenants.known) {
      expect(
        await firstBadLine(async <T extends object>(text: string) => emOf(again.services.orm, id).execute<T[]>(text)),
      ).toBeNull()
      const everybody = await emOf(again.services.orm, id).execute('select id from account order by id')
      expect(everybody).not.toEqual([])
      expect(await emOf(again.services.orm, id).execute(`select id from search.people('%', 1000) order by id`)).toEqual(
        everybody,
      )
    }
    await again.close()
    expect(
      await sql(restored, 'select relname from pg_class where relrowsecurity and not relforcerowsecurity'),
    ).toEqual([])
  })
})
