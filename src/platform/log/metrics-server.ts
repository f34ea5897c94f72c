import { createServer } from 'node:http'
import { collectDefaultMetrics } from 'prom-client'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { bind } from '../http/server.ts'

/**
 * Tells the metrics at `/metrics`, at an address of its own that no proxy leads to, together with those of Node itself
 * (event loop, memory, garbage). Only a process that serves has one.
 * @returns what ends it
 * @throws Error that says which variable to set
 */
export async function serveMetrics(
  metrics: Metrics,
  at: { port: number; host: string },
  log: Log,
): Promise<() => Promise<void>> {
  collectDefaultMetrics({ register: metrics.registry })
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end()
    try {
      const text = await metrics.text()
      response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text)
    } catch (err) {
      log.warn({ err }, 'the metrics could not be told')
      response.writeHead(500).end()
    }
  })
  await bind(server, at, 'METRICS_')
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}
