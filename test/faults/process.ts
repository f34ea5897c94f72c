import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** The product itself in a process of its own, as `npm start` runs it. */
export interface Running {
  port: number
  child: ChildProcess
  /** All it said so far. */
  said(): string
  /** What an address answers; null when nobody answers. */
  get(
    at: string,
    slug?: string,
  ): Promise<{ status: number; text: string; ms: number; headers: IncomingHttpHeaders } | null>
  ready(): Promise<void>
  /** Sends the signal and waits until it is gone. @returns the exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** A port nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Asks again until it is so; fails after the patience, in milliseconds. */
export async function until(what: string, is: () => Promise<boolean>, patience = 40_000): Promise<void> {
  const end = performance.now() + patience
  while (performance.now() < end) {
    if (await is()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${what}: not within ${patience} ms`)
}

/**
 * Starts it; what the environment does not say is as on a fresh machine.
 * @param how another command, or in another folder
 */
export function run(
  env: Record<string, string>,
  port: number,
  { command = [process.execPath, 'src/main.ts'], cwd = root } = {},
): Running {
  let said = ''
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LOG_LEVEL: 'warn', ...env, PORT: String(port) },
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const get: Running['get'] = (at, slug) =>
    new Promise((resolve) => {
      const began = performance.now()
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path: at,
          headers: { host: `${slug ? `${slug}.` : ''}localhost:${port}` },
          agent: false,
        },
        async (response) => {
          let text = ''
          try {
            for await (const chunk of response) text += chunk
          } catch {
            return resolve(null) // cut off in the middle: nobody answered
          }
          resolve({ status: response.statusCode ?? 0, text, ms: performance.now() - began, headers: response.headers })
        },
      )
      asked.on('error', () => resolve(null))
      asked.end()
    })
  return {
    port,
    child,
    said: () => said,
    get,
    ready: () =>
      until('the product is ready', async () => {
        if (child.exitCode !== null) throw new Error(`it stopped:\n${said}`)
        return (await get('/ready'))?.status === 200
      }),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
      return child.exitCode
    },
  }
}
