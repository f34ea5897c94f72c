import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, httpPerson } from '../support/http.ts'
import type { TestPortal } from '../support/portal.ts'
import { freePort, run, until, type Running } from './process.ts'

/** A disk of its own, as small as it can be; null where mounting is not allowed. */
function smallDisk(at: string): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=0700', 'tmpfs', at], { stdio: 'ignore' })
    return at
  } catch {
    return null
  }
}

let folder: string
let disk: string | null
let product: Running | null = null
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-disk-'))
  disk = smallDisk(folder)
})
afterAll(async () => {
  await product?.stop('SIGTERM')
  if (disk) execFileSync('umount', [disk])
  await rm(folder, { recursive: true, force: true })
})

/** Writes until there is no byte left. */
function fill(file: string): void {
  const to = openSync(file, 'w')
  try {
    for (const size of [1_048_576, 4096]) {
      try {
        for (;;) writeSync(to, Buffer.alloc(size, 1))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(to)
  }
}

test('a full disk: signing in is a 503 in words, never "this form is out of date"; /ready names the disk; with room again it goes on', async ({
  skip,
}) => {
  if (!disk) skip('no file system may be mounted here')
  const running = (product = run({ DATA_DIR: path.join(folder, 'data') }, await freePort()))
  await running.ready()
  const portal = {
    port: running.port,
    host: (slug?: string) => `${slug ? `${slug}.` : ''}localhost:${running.port}`,
    url: (slug: string, at = '/') => `http://${slug}.localhost:${running.port}${at}`,
  } as TestPortal
  const full = path.join(folder, 'full')
  fill(full)
  const said = await running.get('/ready')
  expect(said?.status).toBe(503)
  expect(JSON.parse(said?.text ?? '')).toEqual({ ready: false, part: 'disk' })

  // Each is a browser of its own, so that sooner or later the database needs module that is not there.
  const met = new Set<number>()
  for (let n = 0; n < 400 && !met.has(503); n++) {
    const person = httpPerson(portal, 'kring')
    const page = await person.ask('/sign-in')
    met.add(page.status)
    if (page.status !== 200) {
      expect(page.text).toContain('Het portaal is even niet bereikbaar')
      continue
    }
    await person.go('/sign-in').catch(() => {
      /* it fell in between */
    })
    if (person.status() !== 200) continue
    const form = person.form()
    const sent = await person.ask(form.action, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${portal.host('kring')}` },
      body: new URLSearchParams([
        ...form.fields.filter(([name]) => !['identifier', 'password'].includes(name)),
        ['identifier', 'hanna@kring.example'],
        ['password', 'blauwe?fiets-op-zolder'],
      ]).toString(),
    })
    met.add(sent.status)
    if (sent.status === 503) expect(sent.text).toContain('Het portaal is even niet bereikbaar')
  }
  expect([...met].sort()).toContain(503)
  expect(met).not.toContain(403)
  expect(met).not.toContain(500)

  rmSync(full)
  await until('it goes on by itself', async () => (await running.get('/ready'))?.status === 200)
  await until('people come in again', async () => (await ask(portal, 'kring', '/sign-in')).status === 200)
}, 180_000)
