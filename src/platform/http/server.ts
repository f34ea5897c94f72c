import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import net, { type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'

/**
 * Longer than the minute for which proxies keep a connection to use it again: who closes it must be the one who uses
 * it.
 */
const KEPT_OPEN_MS = 75_000
const LOOK_MS = 25
/** So many looks after we said that a connection ends, the other side has had its time to end it too. */
const PATIENT_LOOKS = 20
/** For so long whoever has just connected may take to begin to ask: a network, or a machine, may be slow. */
const FRESH_MS = 1000
/**
 * Nobody came for so long, in a turn of the event loop in which nobody can have come unseen: a moment to stop
 * listening.
 */
const QUIET_MS = 20
const TURN_MS = 0.2
/** So long is such a moment waited for. */
const LEAVE_MS = 500

export interface Address {
  port: number
  host: string
}

export interface Serving {
  /** The port it listens on. */
  readonly port: number
  /** True from the first word of stopping: every answer is the last one on its connection (RFC 9112 §9.6). */
  readonly stopping: boolean
  /**
   * Goes on accepting for `notice` milliseconds, so that whoever shares out the work sees that this process leaves.
   * Then takes nothing new, answers all that has begun to arrive, and closes what is idle; after `drain` more
   * milliseconds the rest is cut.
   */
  stop(wait: { notice: number; drain: number }): Promise<void>
  /** Ends every wait of `stop`: somebody asked a second time. */
  hurry(): void
}

/** What is known of a connection: its age, answers under way, and how much had been read when the last one was done. */
interface Line {
  age: () => number
  answers: Set<ServerResponse>
  readBefore: number
  seen: number
  ended: number
}

/** Why a port cannot be had, in words that name the variable. */
function refusal(error: NodeJS.ErrnoException, { port, host }: Address, prefix: string): Error {
  const [PORT, HOST] = [`${prefix}PORT`, `${prefix}HOST`]
  const words: Record<string, string> = {
    EADDRINUSE: `${PORT}: ${port} at ${host} is taken, perhaps by a portal that runs already; set ${PORT}= to another, such as ${PORT}=${port + 1}`,
    EACCES: `${PORT}: ${port} may not be used by this account; set ${PORT}= to 1024 or more`,
    EADDRNOTAVAIL: `${HOST}: ${host} is no address of this machine; set ${HOST}= to one that is`,
    ENOTFOUND: `${HOST}: ${host} is not known; set ${HOST}= to an address of this machine`,
  }
  return new Error(words[error.code ?? ''] ?? error.message, { cause: error })
}

/** @param prefix of the variables that say port and host @throws Error that says which to set */
export function bind(server: net.Server, at: Address, prefix = ''): Promise<void> {
  return new Promise((resolve, reject) =>
    server.once('error', (error) => reject(refusal(error, at, prefix))).listen(at.port, at.host, resolve),
  )
}

/** Finds out at once whether a port can be had, before anything is begun. @throws Error that says what to set */
export async function checkPort(at: Address, prefix = ''): Promise<void> {
  const server = net.createServer()
  await bind(server, at, prefix)
  await new Promise((resolve) => server.close(resolve))
}

/** Listens, and knows how to leave without cutting anybody off. @throws Error that says what to set */
export async function serve(answer: RequestListener, at: Address): Promise<Serving> {
  const lines = new Map<Socket, Line>()
  let stopping = false
  let left = Promise.resolve()
  const hurried = new AbortController()
  const server = createServer({ keepAliveTimeout: KEPT_OPEN_MS }, (request, response) => {
    const line = lines.get(request.socket)
    line?.answers.add(response)
    if (stopping) response.setHeader('Connection', 'close')
    response.on('close', () => {
      line?.answers.delete(response)
      if (line) line.readBefore = request.socket.bytesRead
    })
    // Not before nobody is let in any more: who waits for an answer does not come with another connection meanwhile.
    void left.then(() => answer(request, response))
  })
  server.on('connection', (socket: Socket) => {
    lines.set(socket, { age: stopwatch(), answers: new Set(), readBefore: 0, seen: -1, ended: 0 })
    socket.once('close', () => lines.delete(socket))
  })
  await bind(server, at)
  /** No longer than this, or until somebody is in a hurry. */
  const wait = (ms: number) =>
    pause(ms, undefined, { signal: hurried.signal }).catch(() => {
      /* then at once */
    })

  async function drained(drain: number): Promise<void> {
    const elapsed = stopwatch()
    while (lines.size > 0 && elapsed() < drain && !hurried.signal.aborted) {
      for (const [socket, line] of lines) endIfIdle(socket, line)
      await wait(LOOK_MS)
    }
    for (const socket of lines.keys()) socket.destroy()
  }

  return {
    get port() {
      return (server.address() as net.AddressInfo).port
    },
    get stopping() {
      return stopping
    },
    hurry: () => hurried.abort(),
    async stop({ notice, drain }) {
      stopping = true
      for (const { answers } of lines.values())
        for (const each of answers) if (!each.headersSent) each.setHeader('Connection', 'close')
      await wait(notice)
      await (left = leave(server))
      await drained(drain)
    },
  }
}

/**
 * Idle is: nothing to answer, and nothing came in since the last answer; looked at twice, as something may just arrive.
 * Who has just connected is about to ask.
 */
function endIfIdle(socket: Socket, line: Line): void {
  const { bytesRead } = socket
  const fresh = bytesRead === 0 && line.age() < FRESH_MS
  if (!fresh && line.answers.size === 0 && bytesRead === line.readBefore && line.seen === bytesRead) {
    if (line.ended++ === 0) socket.end()
    if (line.ended > PATIENT_LOOKS) socket.destroy()
  }
  line.seen = bytesRead
}

/**
 * Stops listening. Who was let in by the system and not yet by us would be cut off, so it is done when nobody came for
 * a while, at the end of a turn of the event loop that was too short for that; the longer it takes, the shorter a while
 * will do. Not `http.Server.close`: that also closes every connection whose request has not been read yet.
 */
function leave(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const elapsed = stopwatch()
  let sinceLast = stopwatch()
  server.on('connection', () => {
    sinceLast = stopwatch()
  })
  const look = (turn: () => number) => {
    const quiet = sinceLast() >= QUIET_MS * (1 - elapsed() / LEAVE_MS) && turn() < TURN_MS
    if (!quiet && elapsed() < LEAVE_MS) return setImmediate(look, stopwatch())
    net.Server.prototype.close.call(server)
    return resolve()
  }
  look(stopwatch())
  return promise
}
