import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask as askAt, httpPerson, type HttpPerson } from '../support/http.ts'
import { appCodeOf } from '../support/phone.ts'
import type { TestPortal } from '../support/portal.ts'
import { freePort, run, until, type Running } from './process.ts'

let folder: string
const running: Running[] = []
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-outside-'))
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop('SIGKILL')))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const begun = (env: Record<string, string>, port: number): Running => {
  const process = run(env, port)
  running.push(process)
  return process
}
/** As much of a installation as a person needs to stand before it. */
const installationAt = (port: number) =>
  ({
    port,
    host: (slug?: string) => `${slug ? `${slug}.` : ''}localhost:${port}`,
    url: (slug: string, at = '/') => `http://${slug}.localhost:${port}${at}`,
  }) as TestPortal

const outbox = async ({ port }: Running) =>
  JSON.parse((await askAt(installationAt(port), undefined, '/dev/outbox.json')).text) as {
    id: string
    to: string
    kind: string
    text: string
  }[]

/**
 * Signs the administrator of a firm in. Each code of their app works once: the development clock goes on to another.
 */
async function administrator(port: number): Promise<HttpPerson> {
  const person = httpPerson(installationAt(port), 'vandam')
  await person.go('/dev/clock')
  await person.press('PT1M')
  await person.go('/sign-in')
  await person.fill({ identifier: 'pieter.vandam', password: 'blauwe?fiets-op-zolder' })
  await person.press()
  await person.fill({ code: await appCodeOf(installationAt(port), 'vandam', 'pieter.vandam') })
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
      if (n === 3)
        dies = new Promise((resolve) => setTimeout(resolve, Math.random() * 120)).then(() => product.stop('SIGKILL'))
      const email = `klant-${round}-${n}@proef.example`
      try {
        await person.go('/staff/people/new')
        await person.fill({ name: 'Noor Proef', email, role: 'director' })
        await person.press()
        await person.press('/staff/people/new/invitation')
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
  // What a killed process had taken comes free when its lease ends: the development clock goes there, and one more mail
  // wakes the post.
  const later = await administrator(port)
  await later.go('/dev/clock')
  await later.press('PT1M')
  await later.go('/staff/people/new')
  await later.fill({ name: 'Noor Proef', email: 'klant-wekker@proef.example', role: 'director' })
  await later.press()
  await later.press('/staff/people/new/invitation')
  await until(
    'the mails are out',
    async () => {
      const to = new Set((await outbox(product)).map((message) => message.to))
      return answered.every((email) => to.has(email))
    },
    100_000,
  )
  const messages = (await outbox(product)).filter(({ to }) => answered.includes(to))
  expect(messages.map(({ to }) => to).sort()).toEqual([...answered].sort())
  const person = await administrator(port)
  for (const email of [answered[0]!, answered.at(-1)!]) {
    await person.go(`/staff/people?search=${email}`)
    expect(await person.reads()).toContain(email)
  }
  expect(await product.stop()).toBe(0)
}, 200_000)
