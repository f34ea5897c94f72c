import pg from 'pg'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { ownedDatabase } from '../../src/platform/database.ts'
import { ask as askHouse, httpPerson, type HttpPerson } from '../people/http.ts'
import { appCodeOf } from '../people/phone.ts'
import type { TestHouse } from '../setup/house.ts'
import { freePort, run, until, type Running } from './process.ts'

let folder: string
const running: Running[] = []
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'portal-outside-')) })
afterEach(async () => { await Promise.all(running.splice(0).map((each) => each.stop('SIGKILL'))) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const begun = (env: Record<string, string>, port: number): Running => {
  const process = run(env, port)
  running.push(process)
  return process
}
/** As much of a house as a person needs to stand before it. */
const houseAt = (port: number) => ({ port, host: (slug?: string) => `${slug ? `${slug}.` : ''}localhost:${port}`, url: (slug: string, at = '/') => `http://${slug}.localhost:${port}${at}` }) as TestHouse

const outbox = async ({ port }: Running) => JSON.parse((await askHouse(houseAt(port), undefined, '/dev/outbox.json')).text) as { id: string; to: string; kind: string; text: string }[]

/** Signs the administrator of a firm in. Each code of their app works once: the development clock goes on to another. */
async function administrator(port: number): Promise<HttpPerson> {
  const person = httpPerson(houseAt(port), 'vandam')
  await person.go('/dev/clock')
  await person.press('PT1M')
  await person.go('/sign-in')
  await person.fill({ identifier: 'pieter.vandam', password: 'blauwe?fiets-op-zolder' })
  await person.press()
  await person.fill({ code: await appCodeOf(houseAt(port), 'vandam', 'pieter.vandam') })
  await person.press()
  expect(await person.at()).toBe('/home')
  return person
}

test('killed at any moment: every invitation that was answered is there, its mail goes out once, and the next start works', async () => {
  const env = { DATA_DIR: path.join(folder, 'killed') }
  const port = await freePort()
  const answered: string[] = []
  for (let round = 0; round < 3; round++) {
    const product = begun(env, port)
    await product.ready()
    const person = await administrator(port)
    let dies: Promise<unknown> | null = null
    for (let n = 0; n < 60; n++) {
      // From the third answer on, at any moment of what follows.
      if (n === 3) dies = new Promise((resolve) => setTimeout(resolve, Math.random() * 120)).then(() => product.stop('SIGKILL'))
      const email = `klant-${round}-${n}@proef.example`
      try {
        await person.go('/staff/people/new')
        await person.fill({ name: 'Noor Proef', email, role: 'director' })
        await person.press()
        answered.push(email)
      } catch {
        break // cut off: whether this one is there is open, which is why it was not counted
      }
    }
    await dies
  }
  expect(answered.length).toBeGreaterThanOrEqual(9)
  const product = begun(env, port)
  await product.ready()
  // What a killed process had taken comes free when its lease ends: the development clock goes there, and one more mail wakes the post.
  const later = await administrator(port)
  await later.go('/dev/clock')
  await later.press('PT1M')
  await later.go('/staff/people/new')
  await later.fill({ name: 'Noor Proef', email: 'klant-wekker@proef.example', role: 'director' })
  await later.press()
  await until('the mails are out', async () => {
    const to = new Set((await outbox(product)).map((message) => message.to))
    return answered.every((email) => to.has(email))
  }, 100_000)
  const messages = (await outbox(product)).filter(({ to }) => answered.includes(to))
  expect(messages.map(({ to }) => to).sort()).toEqual([...answered].sort())
  const person = await administrator(port)
  for (const email of [answered[0]!, answered.at(-1)!]) {
    await person.go(`/staff/people?search=${email}`)
    expect(await person.reads()).toContain(email)
  }
  expect(await product.stop()).toBe(0)
}, 200_000)

test('SIGTERM lets a request that is under way finish, takes no new one, and ends well', async () => {
  const product = begun({ DATA_DIR: path.join(folder, 'drained') }, await freePort())
  await product.ready()
  const person = httpPerson(houseAt(product.port), 'vandam')
  await person.go('/sign-in')
  await person.fill({ identifier: 'pieter.vandam', password: 'niet het goede' })
  const answer = person.press()
  await new Promise((resolve) => setTimeout(resolve, 15))
  const code = product.stop()
  await answer
  expect(person.status()).toBe(422)
  expect(await code).toBe(0)
  expect(await product.get('/health')).toBeNull()
})

test('three instances on one empty database migrate once, and all serve', async () => {
  const databaseUrl = await ownedDatabase(inject('postgresUrl'), 'three_instances')
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: path.join(folder, 'three') }
  const three = await Promise.all([0, 1, 2].map(async () => begun(env, await freePort())))
  await Promise.all(three.map((each) => each.ready()))
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query('select name, count(*)::int as n from mikro_orm_migrations group by name')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every(({ n }) => n === 1)).toBe(true)
  await client.end()
  for (const each of three) expect((await each.get('/sign-in', 'kring'))?.status).toBe(200)
  expect(await Promise.all(three.map((each) => each.stop()))).toEqual([0, 0, 0])
}, 120_000)

test('a start that cannot be says why, in a sentence', async () => {
  const port = await freePort()
  const wrong = begun({ DATA_DIR: path.join(folder, 'wrong'), NODE_ENV: 'production' }, port)
  await until('it gives up', async () => wrong.child.exitCode !== null)
  expect(wrong.child.exitCode).toBe(1)
  for (const name of ['BASE_URL', 'DATABASE_URL', 'SMTP_URL', 'MASTER_KEY', 'SESSION_SECRET']) expect(wrong.said()).toContain(`- ${name}: `)
  expect(wrong.said()).not.toMatch(/\n\s+at /)
})
