import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { serve } from '../../src/platform/http/server.ts'
import { until } from '../faults/process.ts'

const local = { port: 0, host: '127.0.0.1' }
/** Asks over a connection of its own. @returns the status, or why there is none */
const asks = (port: number) =>
  new Promise<string>((resolve) => {
    request({ host: local.host, port, agent: false }, (response) => {
      response.on('end', () => resolve(String(response.statusCode))).resume()
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end()
  })

test('who has just connected is answered, also when the request comes after nobody else is let in', async () => {
  const serving = await serve((_request, response) => response.end('yes'), local)
  const { port } = serving
  const line = connect(port, local.host)
  await once(line, 'connect')
  const closed = once(line, 'close')
  const stopped = serving.stop({ notice: 0, drain: 10_000 })
  await until('nobody is let in', async () => (await asks(port)) === 'ECONNREFUSED')
  // As a slow network would: longer than something may be on its way on this machine.
  await pause(200)
  let answer = ''
  line.on('data', (bytes) => {
    answer += bytes
  })
  line.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await closed
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close[\s\S]*yes/)
  await stopped
})

test('the port closes at a moment when nobody is let in by the system and not yet by us, however many keep coming', async () => {
  const told: Record<string, number> = {}
  for (let n = 0; n < 8; n++) {
    const serving = await serve((_request, response) => void setImmediate(() => response.end('yes')), local)
    const { port } = serving
    const comes = async () => {
      for (let what = '200'; what === '200'; told[what] = (told[what] ?? 0) + 1) what = await asks(port)
    }
    const all = Promise.all(Array.from({ length: 6 }, comes))
    await serving.stop({ notice: 20, drain: 10_000 })
    await all
  }
  const { 200: answered, ...others } = told
  expect(others).toEqual({ ECONNREFUSED: 48 })
  expect(answered).toBeGreaterThan(48)
})
