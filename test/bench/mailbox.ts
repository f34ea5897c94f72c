import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** Where the product's mail goes. */
export interface Mailbox {
  url: string
  /** The code in the newest mail to somebody, when it is there. */
  code(to: string): Promise<string>
  stop(): Promise<void>
}

const longEnough = 20_000

export async function openMailbox(): Promise<Mailbox> {
  const newest = new Map<string, string>()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    async onData(stream, session, done) {
      const { text = '' } = await PostalMime.parse(Buffer.concat(await stream.toArray()))
      for (const { address } of session.envelope.rcptTo) newest.set(address, text)
      done()
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}?requireTLS=false`,
    async code(to) {
      const end = performance.now() + longEnough
      while (performance.now() < end) {
        const code = /\b\d{6}\b/.exec(newest.get(to) ?? '')?.[0]
        if (code) {
          newest.delete(to)
          return code
        }
        await pause(20)
      }
      throw new Error(`no code was mailed to ${to}`)
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
