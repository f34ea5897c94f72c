import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createJobs } from '../../src/platform/jobs/jobs.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { createMetrics } from '../../src/platform/log/metrics.ts'
import { freshDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
const lines: string[] = []
const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
const metrics = createMetrics()
const open = () => createJobs({ connectionString: database.url, log, metrics })
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

test('of three processes starting together one does each turn, never two at once', async () => {
  let now = 0
  let most = 0
  let turns = 0
  const processes = [open(), open(), open()]
  for (const each of processes) {
    each.every(1, 'count', async () => {
      most = Math.max(most, ++now)
      turns++
      await pause(1600)
      now--
    })
  }
  await Promise.all(processes.map((each) => each.start()))
  await pause(6000)
  await Promise.all(processes.map((each) => each.stop()))
  expect(most).toBe(1)
  expect(turns).toBeGreaterThanOrEqual(2)
  expect(turns).toBeLessThanOrEqual(5)
})

test('a failing job is written down, and gets its next turn', async () => {
  const jobs = open()
  let turns = 0
  jobs.every(1, 'fails', async () => {
    turns++
    throw new Error('no luck today')
  })
  await jobs.start()
  await expect.poll(() => turns, { timeout: 15_000 }).toBeGreaterThanOrEqual(2)
  await jobs.stop()
  const line = lines.map((text) => JSON.parse(text)).find(({ job }) => job === 'fails')
  expect(line).toMatchObject({ level: 'error', err: { message: 'no luck today' } })
  const told = await metrics.text()
  expect(told).toContain(`portal_job_duration_seconds_count{job="fails",outcome="failed"} ${turns}`)
  expect(told).toContain('portal_job_duration_seconds_count{job="count",outcome="done"}')
})

test('stop waits for running work', async () => {
  const jobs = open()
  let state = 'waiting'
  jobs.every(1, 'slow', async () => {
    state = 'running'
    await pause(1500)
    state = 'done'
  })
  await jobs.start()
  await expect.poll(() => state, { timeout: 15_000 }).toBe('running')
  await jobs.stop()
  expect(state).toBe('done')
})

test('cron schedules are kept in Dutch time, and those no longer in the code are forgotten', async () => {
  const before = open()
  before.every('0 3 * * *', 'nightly', async () => {})
  before.every('* * * * *', 'gone', async () => {})
  await before.start()
  await before.stop()
  const after = open()
  after.every('0 3 * * *', 'nightly', async () => {})
  await after.start()
  await after.stop()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query('select name, cron, timezone from pgboss.schedule')
  await client.end()
  expect(rows).toEqual([{ name: 'nightly', cron: '0 3 * * *', timezone: 'Europe/Amsterdam' }])
})
