import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  fields: Record<string, string>
  headers: IncomingHttpHeaders
  body: string
}

/** How the next request is answered; `silence` never answers. */
export type Mood = 'accept' | 'queue' | 'refuse' | 'overloaded' | 'silence' | 'confused'

const ANSWERS: Record<Exclude<Mood, 'silence'>, [status: number, body: string]> = {
  accept: [202, '0: Accepted for delivery'],
  queue: [202, '3: Queued for later delivery'],
  refuse: [400, 'Sender missing and no global set, rejected'],
  overloaded: [503, 'Temporal failure, try again later.'],
  confused: [200, '<html>Welcome to this proxy</html>'],
}

/**
 * A gateway that speaks Kannel's sendsms (user guide, chapter "SMS sender"): it checks the sign-in and answers as
 * Kannel does.
 */
export async function startKannel({ user, password }: { user: string; password: string }) {
  const received: Received[] = []
  let mood: Mood = 'accept'
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kannel')
    const fields = Object.fromEntries(searchParams)
    let body = ''
    for await (const chunk of request) body += chunk
    received.push({ fields, headers: request.headers, body })
    if (mood === 'silence') return
    const [status, text] = answer(pathname, fields)
    response.writeHead(status).end(text)
  })
  function answer(pathname: string, fields: Record<string, string>): [number, string] {
    if (pathname !== '/cgi-bin/sendsms') return [404, 'Unknown request']
    if (fields.username !== user || fields.password !== password) return [403, 'Authorization failed for sendsms']
    return ANSWERS[mood as Exclude<Mood, 'silence'>]
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    feel(next: Mood) {
      mood = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
