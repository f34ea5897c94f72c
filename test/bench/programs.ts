import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pin, type Place } from './machine.ts'

export const root = join(import.meta.dirname, '../..')

/** A program in a process of its own. */
export interface Program {
  pid: number
  port: number
  stop(): Promise<void>
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

/** The status an address answers with; 0 when nobody answers. */
function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', () => resolve(0))
    asked.end()
  })
}

async function ready(child: ChildProcess, port: number, path: string, said: () => string): Promise<void> {
  while ((await statusOf(port, path)) !== 200) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${child.spawnargs.join(' ')}:\n${said()}`)
    await pause(20)
  }
}

/**
 * Starts `node <script>` at a free port and waits until it answers 200.
 * @param env all it is told, beside PORT
 * @throws Error with what it said, when it ends by itself
 */
export async function start(
  script: string,
  env: Record<string, string>,
  { place = 'measured', path = '/ready', port }: { place?: Place; path?: string; port?: number } = {},
): Promise<Program> {
  const at = port ?? (await freePort())
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [join(root, script)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, NODE_ENV: 'production', ...env, PORT: String(at) },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
    })
  const pid = child.pid ?? 0
  pin(pid, place)
  await ready(child, at, path, () => said)
  return { pid, port: at, stop: () => stopped(child) }
}

/** Ends a process and waits until it is gone. */
export async function stopped(child: ChildProcess, signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

/** The memory a process holds now, in MB; 0 where the machine does not tell (no /proc). */
export function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Sends a message to a child and waits for its answer. @throws Error when it ends instead */
export async function answerOf<T>(child: ChildProcess, message: object): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const ended = () => reject(new Error(`${child.spawnargs.join(' ')} ended`))
  child.once('exit', ended)
  child.once('message', (answer) => resolve(answer as T))
  child.send(message)
  return promise.finally(() => child.off('exit', ended))
}
