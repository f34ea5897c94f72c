import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { freePort, until } from '../faults/process.ts'

/** Whether this machine has a Redis; on CI it must (a test says so). */
export const hasRedis = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

export interface RedisServer {
  url: string
  /** Stands still and goes on, as a machine does that is short of everything. */
  freeze(): void
  thaw(): void
  kill(): Promise<void>
  /** Again, at the same port. */
  begin(): Promise<void>
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy()
        resolve(true)
      })
  })

/** A Redis of its own that keeps nothing. */
export async function redisServer(): Promise<RedisServer> {
  const port = await freePort()
  let server: ChildProcess
  const begin = async () => {
    server = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()],
      { stdio: 'ignore' },
    )
    await until('Redis listens', () => listens(port))
  }
  await begin()
  return {
    url: `redis://127.0.0.1:${port}`,
    begin,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async kill() {
      if (server.exitCode !== null || server.signalCode !== null) return
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await gone
    },
  }
}
