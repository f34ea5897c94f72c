import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { httpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { proxy } from '../support/proxy.ts'
import { freePort, root, run, until, type Running } from './process.ts'

let folder: string
const ends: (() => unknown)[] = []
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-leaving-'))
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const begun = (...how: Parameters<typeof run>): Running => {
  const process = run(...how)
  // In order, also after a failure: killed, npm would leave node and PostgreSQL behind.
  ends.push(() => process.stop())
  return process
}

/** The product as somebody unpacked it, in a folder whose name a search by pattern would stumble over. */
async function unpacked(): Promise<string> {
  const to = path.join(folder, 'portaal (1) [2]')
  await mkdir(to)
  for (const each of ['src', 'migrations', 'views', 'static', 'tenants', 'package.json', 'package-lock.json', '.npmrc'])
    await cp(path.join(root, each), path.join(to, each), { recursive: true })
  await symlink(path.join(root, 'node_modules'), path.join(to, 'node_modules'))
  return to
}

test('npm start in a folder with brackets; SIGTERM to npm: says so, finishes what is half read, and leaves nothing running', async () => {
  const cwd = await unpacked()
  const product = begun({ LOG_LEVEL: 'info' }, await freePort(), { command: ['npm', 'start'], cwd })
  await product.ready()
  const pidFile = path.join(cwd, '.data/postgres/cluster/data/postmaster.pid')
  const postgres = Number((await readFile(pidFile, 'utf8')).split('\n')[0])
  expect((await product.get('/sign-in', 'kring'))?.status).toBe(200)

  const half = connect(product.port, '127.0.0.1')
  let answer = ''
  half.on('data', (bytes) => {
    answer += bytes
  })
  half.write(`GET /sign-in HTTP/1.1\r\nHost: kring.localhost:${product.port}\r\n`)
  const idle = connect(product.port, '127.0.0.1')
  await until('both are connected', async () => half.readyState === 'open' && idle.readyState === 'open')
  const began = performance.now()
  const stopped = product.stop()
  await until('it says that it leaves', async () => (await product.get('/ready'))?.status === 503)
  const last = await product.get('/ready')
  expect(last).toMatchObject({ status: 503, headers: { connection: 'close' } })
  expect(JSON.parse(last?.text ?? '')).toEqual({ ready: false, part: 'stopping' })
  expect((await product.get('/sign-in', 'kring'))?.status).toBe(200)
  await until('it takes nothing new', async () => (await product.get('/health')) === null)
  expect(half.readyState).toBe('open')
  half.write('Accept: text/html\r\n\r\n')
  await once(half, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close[\s\S]*<\/html>/)
  expect(await stopped).toBe(0)
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(existsSync(pidFile)).toBe(false)
  expect(existsSync(`/proc/${postgres}/cwd`)).toBe(false)
  // What it says after its first words is one JSON object per line, and every request is one of them.
  const lines = product
    .said()
    .split('\n')
    .filter((line) => /^\S/.test(line) && !/^(> |npm |Voorportaal is open)/.test(line))
    .map((line) => JSON.parse(line))
  expect(lines[0]).toMatchObject({
    msg: 'Voorportaal starts',
    version: JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')).version,
  })
  expect(lines).toContainEqual(
    expect.objectContaining({
      msg: 'request',
      firm: 'kring',
      method: 'GET',
      route: '/sign-in',
      status: 200,
      ms: expect.any(Number),
      requestId: expect.any(String),
    }),
  )
}, 180_000)

/** Keeps asking, with kept connections and with new ones; @returns what it got in all, once `over` says that it is. */
function load(port: number, host: string, over: () => boolean): Promise<Record<string, number>> {
  const got: Record<string, number> = {}
  const kept = new Agent({ keepAlive: true })
  const one = (agent: Agent | false) =>
    new Promise<string>((resolve) => {
      request({ host: '127.0.0.1', port, path: '/sign-in', headers: { host }, agent }, (response) => {
        response
          .on('end', () => resolve(String(response.statusCode)))
          .on('error', () => resolve('cut'))
          .resume()
      })
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
        .end()
    })
  const client = async (agent: Agent | false) => {
    while (!over()) {
      const what = await one(agent)
      got[what] = (got[what] ?? 0) + 1
      if (what === 'ECONNREFUSED') await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return Promise.all([kept, kept, kept, false, false, false].map((agent) => client(agent as Agent | false))).then(
    () => {
      kept.destroy()
      return got
    },
  )
}

test('two processes behind a proxy, each stopped and started again under load: nothing is lost; stopped without a proxy, nobody is cut off', async () => {
  const portal = await openTestPortal()
  ends.push(() => portal.close())
  const ports = [await freePort(), await freePort()]
  const presentation = await proxy(() => ports)
  ends.push(() => presentation.close())
  const begin = (port: number) =>
    begun(
      {
        DATABASE_URL: portal.databaseUrl,
        MASTER_KEY: inject('masterKey'),
        SESSION_SECRET: 'x'.repeat(40),
        DATA_DIR: path.join(folder, 'rolling'),
        BASE_URL: `http://localhost:${presentation.port}`,
      },
      port,
    )
  const processes = ports.map(begin)
  await Promise.all(processes.map((each) => each.ready()))

  let over = false
  const asked = load(presentation.port, `kring.localhost:${presentation.port}`, () => over)
  // A person who fills in forms all the while: what is posted may not be lost, and cannot be sent twice.
  const outside = {
    port: presentation.port,
    url: (slug: string, at = '/') => `http://${slug}.localhost:${presentation.port}${at}`,
    host: (slug?: string) => `${slug ? `${slug}.` : ''}localhost:${presentation.port}`,
  } as TestPortal
  let forms = 0
  const fills = (async () => {
    while (!over) {
      const person = httpPerson(outside, 'kring')
      await person.go('/sign-in')
      await person.fill({ identifier: `nobody-${forms}@example.org` })
      await person.press()
      // Refused in words, as nothing is filled in for a password: an answer of ours, by whichever process.
      expect(person.status()).toBe(422)
      forms++
    }
  })()
  for (const [n, port] of ports.entries()) {
    expect(await processes[n]!.stop()).toBe(0)
    processes[n] = begin(port)
    await processes[n].ready()
  }
  over = true
  await fills
  const got = await asked
  expect(presentation.lost).toEqual([])
  expect(Object.keys(got)).toEqual(['200'])
  expect(got['200']).toBeGreaterThan(50)
  expect(forms).toBeGreaterThan(2)

  over = false
  const direct = load(ports[0]!, `kring.localhost:${presentation.port}`, () => over)
  await until('the load has begun', async () => true)
  expect(await processes[0]!.stop()).toBe(0)
  over = true
  const { 200: answered, ECONNREFUSED: _late, ...others } = await direct
  expect(others).toEqual({})
  expect(answered).toBeGreaterThan(10)
}, 300_000)
