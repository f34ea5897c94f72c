import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient } from 'redis'
import { afterEach, expect, test } from 'vitest'
import { enters, somebody } from '../support/somebody.ts'
import type { HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { line, type Line } from '../faults/line.ts'
import { freePort, until } from '../faults/process.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function portal(env: Record<string, string> = {}): Promise<TestPortal> {
  const made = await openTestPortal({ env })
  ends.push(() => made.close())
  return made
}
/** The session id as the browser's cookie holds it: "s:<id>.<signature>". */
const idOf = (person: HttpPerson) =>
  decodeURIComponent(person.cookies.get('portal') ?? '')
    .slice(2)
    .split('.')[0]!
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('in PostgreSQL the session id of nobody can be read, and the one of an older release goes on', async () => {
  const made = await portal()
  const person = await enters(await somebody(made, 'vandam'))
  const kept = () =>
    made.sql<{ sid: string }>('select sid from browser_session where sid in ($1, $2)', [
      idOf(person),
      sha256(idOf(person)),
    ])
  expect((await kept()).map(({ sid }) => sid)).toEqual([sha256(idOf(person))])
  // As the release before kept it, then what the migration does.
  await made.sql('update browser_session set sid = $1 where sid = $2', [idOf(person), sha256(idOf(person))])
  await made.sql(`delete from mikro_orm_migrations where name like '20261123-session-digest%'`)
  await made.restart()
  await person.go('/home')
  expect(await person.at()).toBe('/home')
})

const redis = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test.skipIf(!redis)('in Redis neither', async () => {
  const [port, folder] = [await freePort(), await mkdtemp(path.join(tmpdir(), 'portal-redis-'))]
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  )
  ends.push(
    () => rm(folder, { recursive: true, force: true }),
    () => server.kill('SIGKILL'),
  )
  const url = `redis://127.0.0.1:${port}`
  const client = createClient({ url, socket: { reconnectStrategy: 50 } })
  client.on('error', () => {
    /* until it listens */
  })
  await client.connect()
  ends.push(() => client.destroy())
  await until('Redis listens', async () => client.isReady)
  const made = await portal({ REDIS_URL: url })
  const person = await enters(await somebody(made, 'vandam'))
  const names = await client.keys('*')
  expect(names.filter((name) => name.includes(idOf(person)))).toEqual([])
  expect(names).toContain(`session:${sha256(idOf(person))}`)
  await client.rename(`session:${sha256(idOf(person))}`, `session:${idOf(person)}`)
  await made.restart()
  await person.go('/home')
  expect(await person.at()).toBe('/home')
})

test('a new session is saved before its answer and not once more after it: what the next request writes stays', async () => {
  let between: Line | undefined
  const made = await openTestPortal({
    through: async (url) => (between = await line({ host: '127.0.0.1', port: Number(url.port) })).port,
  })
  ends.push(
    () => between?.close(),
    () => made.close(),
  )
  const person = await enters(await somebody(made, 'vandam'))
  const { action, fields } = person.form('/sign-out')
  between!.listen()
  await person.ask(action, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  expect(between!.statements.filter((each) => each.startsWith('INSERT INTO "browser_session"'))).toHaveLength(1)
})
