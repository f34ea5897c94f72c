import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/**
 * A reverse proxy as they are used: shares requests out over processes, keeps connections to them open, asks each
 * `/ready` four times a second, and goes to the next one where nobody takes the connection. What was sent already is
 * never sent again: a connection that breaks then is a 502, and counts as lost.
 */
export interface Proxy {
  port: number
  close(): void
  lost: string[]
}

export async function proxy(backends: () => number[], port = 0): Promise<Proxy> {
  const agent = new Agent({ keepAlive: true })
  const unready = new Set<number>()
  const lost: string[] = []
  let turn = 0

  const look = setInterval(() => {
    for (const each of backends()) {
      request({ host: '127.0.0.1', port: each, path: '/ready', agent: false }, (answer) => {
        answer.resume()
        if (answer.statusCode === 200) unready.delete(each)
        else unready.add(each)
      })
        .on('error', () => unready.add(each))
        .end()
    }
  }, 250)

  function pass(from: IncomingMessage, body: Buffer, to: ServerResponse, left: number[]): void {
    const [target, ...others] = left
    if (target === undefined) return gone(from, to, 'nobody takes it')
    const onward = request(
      { host: '127.0.0.1', port: target, path: from.url, method: from.method, headers: from.headers, agent },
      (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on('error', () => gone(from, to, 'cut off')).pipe(to)
      },
    )
    onward.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? pass(from, body, to, others) : gone(from, to, error.code ?? error.message),
    )
    onward.end(body)
  }
  function gone(from: IncomingMessage, to: ServerResponse, why: string): void {
    lost.push(`${from.method} ${from.url}: ${why}`)
    if (to.headersSent) to.destroy()
    else to.writeHead(502).end()
  }

  const server = createServer(async (from, to) => {
    const parts: Buffer[] = []
    for await (const chunk of from) parts.push(chunk)
    const all = backends()
    const first = turn++ % all.length
    const order = [...all.slice(first), ...all.slice(0, first)]
    pass(from, Buffer.concat(parts), to, [
      ...order.filter((each) => !unready.has(each)),
      ...order.filter((each) => unready.has(each)),
    ])
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    lost,
    close() {
      clearInterval(look)
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}
