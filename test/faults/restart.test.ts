import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { start } from '../support/start.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { httpPerson, type Response } from '../support/http.ts'
import { codeTo } from '../support/phone.ts'
import { givesPassword, somebody } from '../support/somebody.ts'
import { acts, type Ready } from './acts.ts'
import { allClear, effects, once, send } from './effects.ts'
import { freePort, run, type Running } from './process.ts'

let folder: string
let portal: TestPortal
let product: Running | null = null
/**
 * Looks at the database of the product, makes people in it and reads their post; a few minutes ahead, so that all post
 * is due.
 */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-restart-'))
  portal = await openTestPortal({ at: Temporal.Instant.from(start).add({ minutes: 5 }).toString() })
})
afterAll(async () => {
  await product?.stop('SIGKILL')
  await portal.close()
  await rm(folder, { recursive: true, force: true })
})

/** The product in a process of its own with its clock at this moment; the one before is killed first. */
async function begin(at: Temporal.Instant, port: number): Promise<void> {
  await product?.stop('SIGKILL')
  await writeFile(path.join(folder, 'clock'), at.since(Temporal.Now.instant()).toString())
  product = run({ DATABASE_URL: portal.databaseUrl, MASTER_KEY: inject('masterKey'), DATA_DIR: folder }, port)
  await product.ready()
}

test('killed between showing and sending, and with the clock an hour back: all of it works, once; an hour ahead none of it works again', async () => {
  const port = await freePort()
  const began = Temporal.Instant.from(start)
  // Codes of an app live for half a minute: across an hour they are rightly wrong.
  const chosen = Object.entries(acts).filter(([name]) => name !== 'an authenticator app')
  await begin(began, port)
  // People look at their apps by the clock of the process they stand before, which does not stand still.
  const ahead = began.since(Temporal.Now.instant())
  const clock = { ...portal.services.clock, now: () => Temporal.Now.instant().add(ahead) }
  const outside: TestPortal = {
    ...portal,
    services: Object.create(portal.services, { clock: { value: clock } }),
    port,
    host: (slug) => `${slug ? `${slug}.` : ''}localhost:${port}`,
    url: (slug, at = '/') => `http://${slug}.localhost:${port}${at}`,
    forward: () => {},
  }
  const all: Record<string, Ready> = {}
  for (const [name, act] of chosen) all[name] = await act.ready(outside)
  const early = await somebody(outside, 'polder')
  const waits = httpPerson(outside, 'polder')
  await givesPassword(waits, early)

  const sent = async (again: boolean) => {
    for (const [name, act] of chosen) {
      const answers: Response[] = []
      for (const form of all[name]!.forms) answers.push(await send(form, { again }))
      allClear(answers)
      const told = answers.map(({ status, headers, text }) => `${status} ${headers.location ?? text.slice(0, 2000)}`)
      expect(await effects(portal, act, all[name]!), `${name}: ${told.join('\n')}\n${product!.said()}`).toEqual(
        once(act),
      )
    }
  }
  await begin(began.subtract({ hours: 1 }), port)
  await sent(true)
  await sent(false)
  // Whoever was sent a code in what is now the future waits until then, not for ever; and that code works.
  await waits.press('/sign-in/code/again')
  expect(waits.status()).toBe(429)
  await waits.fill({ code: await codeTo(outside, 'polder', early.number) })
  await waits.press('/sign-in/code')
  expect(await waits.at()).toBe('/home')

  portal.forward('PT1H')
  await begin(began.add({ hours: 1 }), port)
  await sent(false)
  await givesPassword(waits, early)
  await waits.fill({ code: await codeTo(outside, 'polder', early.number) })
  await waits.press('/sign-in/code')
  expect(await waits.at()).toBe('/home')
}, 180_000)
