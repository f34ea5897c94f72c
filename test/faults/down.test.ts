import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SMTPServer } from 'smtp-server'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { ask, httpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { line, type Line } from './line.ts'
import { hasRedis, redisServer } from '../support/redis.ts'
import { freePort, until } from './process.ts'

const ends: (() => unknown)[] = []
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-down-'))
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  await rm(folder, { recursive: true, force: true })
})
async function portal(options: Parameters<typeof openTestPortal>[0]): Promise<TestPortal> {
  const made = await openTestPortal(options)
  ends.push(() => made.close())
  return made
}

test.each(['freeze', 'cut'] as const)(
  'PostgreSQL gone (%s): 503 within five seconds with a word and a Retry-After, and recovery by itself',
  async (how) => {
    let between: Line | undefined
    const made = await portal({
      through: async (url) => {
        between = await line({ host: '127.0.0.1', port: Number(url.port) })
        ends.push(() => between?.close())
        return between.port
      },
    })
    const person = httpPerson(made, 'kring')
    await signsIn(made, 'kring', person)
    between![how]()
    // Who comes first finds every connection open and silent.
    const first = performance.now()
    expect((await person.ask('/home')).status).toBe(503)
    expect(performance.now() - first).toBeLessThan(5000)
    // More of them at once than there are connections; of somebody signed in, and of somebody who was never here and
    // needs nothing of it.
    const crowd = Array.from({ length: 40 }, async (_, n) => {
      const began = performance.now()
      const { status } = n % 2 ? await ask(made, 'kring', '/sign-in') : await person.ask('/home')
      return { status, late: performance.now() - began > 5000 }
    })
    expect(await Promise.all(crowd)).toEqual(crowd.map((_, n) => ({ status: n % 2 ? 200 : 503, late: false })))
    for (const at of ['/sign-in', '/home', '/ready']) {
      const began = performance.now()
      const { status, headers, text } = await person.ask(at)
      expect(status, at).toBe(503)
      expect(performance.now() - began, at).toBeLessThan(5000)
      if (at === '/ready') expect(JSON.parse(text)).toEqual({ ready: false, part: 'database' })
      else {
        expect(headers['retry-after'], at).toBeTruthy()
        expect(/<main[\s\S]*<\/main>/.exec(text)?.[0], at).not.toMatch(/ECONN|timeout|postgres/i)
      }
    }
    expect((await ask(made, 'kring', '/health')).status).toBe(200)
    between!.mend()
    await until('it recovers', async () => (await person.ask('/home')).status === 200)
  },
  90_000,
)

test('the mail server away only delays: the invitation is answered, and its mail goes out when the server is back', async () => {
  const port = await freePort()
  const made = await portal({ env: { SMTP_URL: `smtp://127.0.0.1:${port}?requireTLS=false` } })
  const staff = httpPerson(made, 'vandam')
  await signsIn(made, 'vandam', staff)
  await staff.go('/staff/people/new')
  await staff.fill({ name: 'Noor Later', email: 'later@proef.example', role: 'director' })
  await staff.press()
  await staff.press('/staff/people/new/invitation')
  expect(await staff.at()).toBe('/staff/people')
  await made.outbox('vandam')
  expect(await made.sql('select from outbox_message where sent_at is null and failed_at is null')).toHaveLength(1)
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, _, done) => {
      let mail = ''
      for await (const chunk of stream) mail += chunk
      mails.push(mail)
      done()
    },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  ends.push(() => new Promise<void>((resolve) => server.close(resolve)))
  made.forward('PT1M')
  await made.outbox('vandam')
  expect(mails).toHaveLength(1)
  expect(mails[0]).toMatch(/To:.*later@proef\.example/)
})

test('on CI there is a Redis to test with', () => {
  if (process.env.CI) expect(hasRedis).toBe(true)
})

test.skipIf(!hasRedis)(
  'sessions in Redis: somebody stays signed in; with Redis away or standing still there is a 503 in time, and back again it goes on',
  async () => {
    const server = await redisServer()
    ends.push(() => server.kill())
    const made = await portal({ env: { REDIS_URL: server.url } })
    const person = httpPerson(made, 'vandam')
    const signIn = async () => {
      await person.go('/sign-in')
      await person.fill({ identifier: 'karin.bosgraaf', password: 'blauwe?fiets-op-zolder' })
      await person.press()
      expect(await person.at()).toBe('/home')
    }
    await signIn()
    expect(await made.sql('select from browser_session')).toHaveLength(0)
    const refused = async () => {
      // With a cookie and without, a page and a form, one after the other and at once.
      await Promise.all(
        ['/home', '/sign-in', '/profile']
          .flatMap((at) => [
            { answer: person.ask(at), expected: 503 },
            // Of who has no session nothing is asked there.
            { answer: ask(made, 'vandam', at), expected: at === '/sign-in' ? 200 : 303 },
          ])
          .map(async ({ answer, expected }) => {
            const began = performance.now()
            expect((await answer).status).toBe(expected)
            expect(performance.now() - began).toBeLessThan(5000)
          }),
      )
      expect((await person.ask('/home')).status).toBe(503)
      expect(JSON.parse((await ask(made, undefined, '/ready')).text)).toEqual({ ready: false, part: 'sessions' })
    }
    server.freeze()
    await refused()
    server.thaw()
    await until('it recovers', async () => (await person.ask('/home')).status === 200)
    await server.kill()
    await refused()
    await server.begin()
    await until('it recovers', async () => (await person.ask('/sign-in')).status < 400)
    await signIn()
  },
  60_000,
)
