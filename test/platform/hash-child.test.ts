import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { constants, getPriority } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterEach, expect, test } from 'vitest'
import { Busy, createHashQueue, type HashQueue } from '../../src/platform/crypto/hash-queue.ts'

const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const secret = Buffer.from('a pepper that nobody may see.....')
const job = { text: 'Zomer in Zwolle', secret, strength }

let queue: HashQueue | undefined
afterEach(async () => queue?.close())
const opened = ({ atOnce = 1, mostWaiting = 40, patience = 4000 } = {}) =>
  (queue = createHashQueue({ atOnce, mostWaiting, patience }))
const alive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
async function gone(pid: number): Promise<void> {
  for (const end = performance.now() + 10_000; alive(pid); ) {
    if (performance.now() > end) throw new Error(`process ${pid} is still there`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('no process before the first hash, then as many as are of use, and none after the end', async () => {
  const { run, pids, close } = opened({ atOnce: 2 })
  expect(pids()).toEqual([])
  await run(job)
  await run(job)
  expect(pids()).toHaveLength(1)
  await Promise.all(Array.from({ length: 6 }, () => run(job)))
  const both = pids()
  expect(both).toHaveLength(2)
  await close()
  expect(both.filter(alive)).toEqual([])
  await expect(run(job)).rejects.toThrow(Busy)
})

test('a process that is killed is replaced, and what it computed is computed again', async () => {
  const { run, pids } = opened()
  await run(job)
  const [first = 0] = pids()
  const answer = run(job)
  process.kill(first, 'SIGKILL')
  expect(await answer).toMatch(/^\$argon2id\$/)
  expect(pids()).not.toContain(first)
  // Also when nobody was waiting for it.
  const [second = 0] = pids()
  process.kill(second, 'SIGKILL')
  await gone(second)
  expect(await run(job)).toMatch(/^\$argon2id\$/)
})

test('who is killed twice is told to come back', async () => {
  const { run, pids, load } = opened()
  await run(job)
  const answer = run(job)
  const outcome = expect(answer).rejects.toThrow(Busy)
  for (let killed = 0; killed < 2; ) {
    const [pid] = pids()
    if (pid && alive(pid)) killed += Number(process.kill(pid, 'SIGKILL'))
    if (pid) await gone(pid)
  }
  await outcome
  expect(load()).toEqual({ running: 0, waiting: 0 })
  expect(await run(job)).toMatch(/^\$argon2id\$/)
})

test('a process that stands still is ended, and its place is free again', async () => {
  const { run, pids } = opened({ patience: 1500 })
  await run(job)
  const [pid = 0] = pids()
  process.kill(pid, 'SIGSTOP')
  await expect(run(job)).rejects.toThrow(Busy)
  await gone(pid)
  expect(await run(job)).toMatch(/^\$argon2id\$/)
})

test('a job that is wrong is our fault, and the next one is computed', async () => {
  const { run } = opened()
  await expect(run({ text: 'Zomer', secret, encoded: 'nonsense' })).rejects.not.toThrow(Busy)
  expect(await run(job)).toMatch(/^\$argon2id\$/)
})

test('a full queue refuses at once, and the pages go on meanwhile', async () => {
  const { run } = opened({ atOnce: 2, mostWaiting: 20 })
  await Promise.all([run(job), run(job)])
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const began = performance.now()
  const all = Array.from({ length: 200 }, () => run(job))
  const refused = await Promise.allSettled(all.slice(22))
  expect(refused.every((each) => each.status === 'rejected' && each.reason instanceof Busy)).toBe(true)
  expect(performance.now() - began).toBeLessThan(100)
  // The threads that read files have nothing to do with it.
  const reading = performance.now()
  await readFile(import.meta.filename)
  const read = performance.now() - reading
  await Promise.all(all.slice(0, 22))
  const took = performance.now() - began
  delay.disable()
  expect(read).toBeLessThan(took / 3)
  expect(delay.percentile(90) / 1e6).toBeLessThan(25)
})

test('a wait that would be too long is refused, however much room there is', async () => {
  const { run } = opened({ mostWaiting: 10_000 })
  const outcomes = await Promise.allSettled(Array.from({ length: 150 }, () => run(job)))
  const busy = outcomes.filter((each) => each.status === 'rejected')
  expect(busy.length).toBeGreaterThan(50)
  expect(busy.every(({ reason }) => reason instanceof Busy && reason.retryAfter >= 1 && reason.retryAfter < 10)).toBe(
    true,
  )
})

test.skipIf(!existsSync('/proc/self/task'))(
  'it has a lower priority, in each of its threads, and nothing secret where others can read it',
  async () => {
    const { run, pids } = opened()
    await run(job)
    const [pid = 0] = pids()
    const nice = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL)
    for (const thread of readdirSync(`/proc/${pid}/task`)) expect(getPriority(Number(thread))).toBe(nice)
    const shown = ['environ', 'cmdline'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1')).join()
    for (const hidden of [job.text, secret.toString(), process.env.PATH ?? 'PATH=']) expect(shown).not.toContain(hidden)
  },
)

test('when the parent is killed its processes end, also in the middle of a hash', async () => {
  const program = `
    const { createHashQueue } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/platform/crypto/hash-queue.ts'))})
    const queue = createHashQueue({ atOnce: 2, mostWaiting: 40 })
    const job = { text: 'Zomer in Zwolle', secret: Buffer.alloc(32), strength: ${JSON.stringify(strength)} }
    await Promise.all([queue.run(job), queue.run(job)])
    for (let i = 0; i < 2; i++) void (async () => { for (;;) await queue.run(job) })()
    console.log(queue.pids().join())`
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(parent.stdout, 'data')) as [Buffer]
  const children = said.toString().trim().split(',').map(Number)
  expect(children.filter(alive)).toHaveLength(2)
  parent.kill('SIGKILL')
  await Promise.all(children.map(gone))
})

test('a program that is done does not stay for its idle processes', async () => {
  const program = `
    const { createHashQueue } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/platform/crypto/hash-queue.ts'))})
    const queue = createHashQueue({ atOnce: 1, mostWaiting: 1 })
    await queue.run({ text: 'Zomer in Zwolle', secret: Buffer.alloc(32), strength: ${JSON.stringify(strength)} })`
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' })
  expect(await once(parent, 'exit')).toEqual([0, null])
})
