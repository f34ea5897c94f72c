import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { sendMail } from '../../src/tenancy/outbox.ts'
import { emOf } from '../../src/tenancy/tenants.ts'
import { unattendedContext } from '../../src/tenancy/context.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { start } from '../support/start.ts'
import { freePort, run, until, type Running } from './process.ts'
import { passwordNotices } from '../../src/identity/passwords/index.ts'

let folder: string
let portal: TestPortal
let server: SMTPServer
let product: Running
/** What the server took, in that order; and who hears of it just before the server says so. */
const taken: string[] = []
let aboutToSayYes: (id: string) => void = () => {}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-outbox-'))
  portal = await openTestPortal()
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, _session, done) {
      let raw = ''
      try {
        for await (const chunk of stream) raw += chunk
      } catch {
        return // killed in the middle of a mail: nobody took it
      }
      const { messageId = '' } = await PostalMime.parse(raw)
      aboutToSayYes(messageId)
      taken.push(messageId)
      done()
    },
  })
  server.on('error', () => {
    /* a killed process leaves its connections torn */
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await product.stop('SIGKILL')
  await new Promise<void>((resolve) => server.close(resolve))
  await portal.close()
  await rm(folder, { recursive: true, force: true })
})

/** The product in a process of its own, with its clock so far after the start. */
async function begin(after: string): Promise<Running> {
  const at = Temporal.Instant.from(start).add(Temporal.Duration.from(after))
  await writeFile(path.join(folder, 'clock'), at.since(Temporal.Now.instant()).toString())
  const { port } = server.server.address() as AddressInfo
  return run(
    {
      DATABASE_URL: portal.databaseUrl,
      MASTER_KEY: inject('masterKey'),
      DATA_DIR: folder,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
    },
    await freePort(),
  )
}

/** Puts mails in the outbox of two firms in turn, and sends none. */
async function write(many: number): Promise<void> {
  const { orm } = portal.services
  for (let n = 0; n < many; n++) {
    const tenant = portal.tenants[n % 2]!
    const context = unattendedContext({ ...portal.services, wakeOutbox: () => {} }, tenant, emOf(orm, tenant.id))
    const [account] = await portal.sql<{ id: string }>('select id from account where tenant_id = $1 limit 1', [
      tenant.id,
    ])
    await sendMail(
      context,
      { id: account!.id, email: `klant-${n}@proef.example`, language: 'nl' },
      { kind: passwordNotices.changed, params: { name: 'Noor', lifetime: '7 dagen' }, link: '/home' },
    )
  }
}

const counted = (ids: string[]) => Map.groupBy(ids, (id) => id)

test('stopped between the server’s yes and our mark: only what was in that very moment goes out again, under the same id, and what was in hand is free within fifteen seconds', async () => {
  await write(40)
  product = await begin('PT1M')
  const inThatMoment: string[] = []
  const stopped = new Promise<void>((resolve) => {
    aboutToSayYes = (id) => {
      if (inThatMoment.length) inThatMoment.push(id)
      else if (taken.length === 9) {
        product.child.kill('SIGSTOP')
        inThatMoment.push(id)
        setTimeout(resolve, 300)
      }
    }
  })
  await stopped
  await product.stop('SIGKILL')
  aboutToSayYes = () => {}
  expect(taken.length).toBeLessThan(40)

  product = await begin('PT1M15S')
  await until('all of it went out', async () => (await portal.sql('select from outbox_due')).length === 0)
  const times = counted(taken)
  expect(times.size).toBe(40)
  expect([...times.keys()].every((id) => /^<[0-9a-f-]{36}\.[0-9a-f-]{36}@/.test(id))).toBe(true)
  const twice = [...times].filter(([, each]) => each.length > 1).map(([id]) => id)
  expect(twice).toEqual(expect.arrayContaining(inThatMoment))
  // At most one of each of the four workers: what got its yes just before we looked may not be marked either.
  expect(twice.length).toBeLessThanOrEqual(4)
  expect(await portal.sql(`select from outbox_message where payload <> '' or sent_at is null`)).toEqual([])
}, 60_000)

test('SIGTERM lets what is being sent finish: nothing goes out twice', async () => {
  await product.stop()
  taken.length = 0
  await write(20)
  product = await begin('PT2M')
  await until('some of it is out', async () => taken.length >= 3)
  product.child.kill('SIGTERM')
  if (product.child.exitCode === null) await once(product.child, 'exit')
  product = await begin('PT3M')
  await until('all of it went out', async () => (await portal.sql('select from outbox_due')).length === 0)
  expect([...counted(taken).values()].map((each) => each.length)).toEqual(Array(20).fill(1))
}, 60_000)
