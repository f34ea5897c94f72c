import { createClient } from 'redis'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../src/platform/log/log.ts'
import { openRedis, redisPatience, type Redis } from '../../src/platform/sessions/redis.ts'
import { until } from '../faults/process.ts'
import { hasRedis, redisServer, type RedisServer } from '../support/redis.ts'

/** Shorter than in use, and long enough for a machine that is busy with other tests. */
const soon = { answer: 700, sign: 200, silence: 1000 }
const lines: string[] = []
let server: RedisServer
let redis: Redis
beforeEach(async () => {
  if (!hasRedis) return
  lines.length = 0
  server = await redisServer()
  redis = await openRedis(
    server.url,
    createLog({ level: 'warn', destination: { write: (line) => void lines.push(line) } }),
    soon,
  )
})
afterEach(async () => {
  await redis?.close()
  await server?.kill()
})

test('a sign of life comes well before the silence that ends a connection, and both before a page must be answered', () => {
  expect(redisPatience.sign * 2).toBeLessThan(redisPatience.silence)
  expect(redisPatience.answer).toBeLessThan(4000)
})

test.skipIf(!hasRedis)('left alone it keeps its one connection, says nothing, and answers at once', async () => {
  const beside = createClient({ url: server.url })
  beside.on('error', () => {
    /* it goes when the server goes */
  })
  await beside.connect()
  const ids = async () =>
    ((await beside.sendCommand(['CLIENT', 'LIST'])) as string)
      .split('\n')
      .flatMap((line) => (/\bcmd=ping\b/.test(line) ? (/\bid=(\d+)/.exec(line)?.[1] ?? []) : []))
  await until('the first sign of life', async () => (await ids()).length === 1)
  const [before] = await ids()
  await new Promise((resolve) => setTimeout(resolve, soon.silence * 2.5))
  expect(await ids()).toEqual([before])
  expect(lines).toEqual([])
  expect(await redis.get('nothing')).toBeNull()
  beside.destroy()
})

test.skipIf(!hasRedis)(
  'standing still it costs one wait, then nothing; the connection is made anew, and it comes back by itself',
  async () => {
    await redis.set('key', 'value')
    server.freeze()
    const took = async () => {
      const began = performance.now()
      await expect(redis.get('key')).rejects.toThrow(/timeout|offline|closed/i)
      return performance.now() - began
    }
    expect(await took()).toBeLessThan(soon.answer * 2)
    expect(await took()).toBeLessThan(soon.answer / 2)
    // Requests go on coming, and must not pass for signs of life.
    await until(
      'the connection is given up',
      async () => {
        await redis.get('key').catch(() => null)
        return lines.some((line) => /Redis does not answer/.test(line))
      },
      5000,
    )
    server.thaw()
    await until('it is back', async () => 'value' === (await redis.get('key').catch(() => null)), 5000)
  },
)

test.skipIf(!hasRedis)('standing still for less than the silence, it goes on over the same connection', async () => {
  server.freeze()
  await expect(redis.get('key')).rejects.toThrow('timeout')
  server.thaw()
  await until(
    'it is back',
    async () =>
      await redis.get('key').then(
        () => true,
        () => false,
      ),
    5000,
  )
  expect(lines).toEqual([])
})
