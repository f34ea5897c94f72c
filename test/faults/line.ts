import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * Stands between the product and a server, and can hold everything back or cut it off. Of PostgreSQL it understands as
 * much as is needed to count statements (frontend messages, version 3 of the protocol), and to cut at one of them.
 */
export interface Line {
  port: number
  freeze(): void
  cut(): void
  mend(): void
  close(): void
  /** Every statement that was sent since `listen` or `cutAt`, whichever connection it went by. */
  statements: string[]
  listen(): void
  /**
   * Cuts everything off at the nth statement from now that writes or commits: it never arrives (`before`), or, of a
   * commit, it is carried out and the answer never arrives (`after`). Between two of those nothing changes.
   */
  cutAt(nth: number, when: 'before' | 'after'): void
  /** The statement at which `cutAt` cut; null as long as it did not. */
  cutBy(): string | null
}

const writes = /^\s*(insert|update|delete|commit)/i
/** The tag of the server's answer to a commit. */
const ended = /(COMMIT|ROLLBACK)\0/

/** Passes on whole frontend messages, and tells which of them carries a statement out. */
function reader(pass: (message: Buffer, statement: string | null) => void): (bytes: Buffer) => void {
  let kept = Buffer.alloc(0)
  let begun = false
  let bound = ''
  const prepared = new Map<string, string>()
  const words = (message: Buffer, from: number) => message.toString('utf8', from, message.indexOf(0, from))
  const statement = (message: Buffer): string | null => {
    const kind = String.fromCharCode(message[0] ?? 0)
    if (kind === 'Q') return words(message, 5)
    // Prepared once under a name, and then bound by it (Parse, Bind, Execute).
    if (kind === 'P') prepared.set(words(message, 5), words(message, message.indexOf(0, 5) + 1))
    if (kind === 'B') bound = prepared.get(words(message, message.indexOf(0, 5) + 1)) ?? ''
    return kind === 'E' ? bound : null
  }
  return (bytes) => {
    kept = Buffer.concat([kept, bytes])
    for (;;) {
      // The first message of a connection has no kind, only a length.
      const at = begun ? 1 : 0
      if (kept.length < at + 4) return
      const length = at + kept.readUInt32BE(at)
      if (kept.length < length) return
      const message = kept.subarray(0, length)
      kept = kept.subarray(length)
      pass(message, begun ? statement(message) : null)
      begun = true
    }
  }
}

/** Opens a line to this server. */
export async function line(target: { host: string; port: number }): Promise<Line> {
  const sockets = new Set<Socket>()
  const statements: string[] = []
  let state: 'open' | 'frozen' | 'cut' = 'open'
  let knife: { nth: number; when: 'before' | 'after' } | null = null
  let cutBy: string | null = null
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const cut = () => {
    state = 'cut'
    destroyAll()
  }
  const server: Server = createServer((near) => {
    sockets.add(near)
    near.on('error', () => near.destroy())
    if (state === 'cut') return void near.destroy()
    const far = connect(target)
    let last = false
    sockets.add(far)
    far.on('error', () => near.destroy())
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    const read = reader((message, statement) => {
      if (state !== 'open') return
      if (statement !== null) statements.push(statement)
      if (statement !== null && knife && writes.test(statement) && --knife.nth === 0) {
        cutBy = statement
        if (knife.when === 'before') return cut()
        last = true
      }
      far.write(message)
    })
    near.on('data', read)
    let unheard = ''
    far.on('data', (bytes) => {
      if (!last) return void (state === 'open' && near.write(bytes))
      // What was asked together is answered in turn: only its own answer says that it was carried out.
      unheard += bytes.toString('latin1')
      if (ended.test(unheard)) cut()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const begin = (next: typeof knife) => {
    statements.length = 0
    cutBy = null
    knife = next
  }
  return {
    port: (server.address() as { port: number }).port,
    statements,
    cut,
    freeze: () => {
      state = 'frozen'
    },
    mend: () => {
      knife = null
      state = 'open'
      destroyAll()
    },
    close: () => {
      destroyAll()
      server.close()
    },
    listen: () => begin(null),
    cutAt: (nth, when) => begin({ nth, when }),
    cutBy: () => cutBy,
  }
}
