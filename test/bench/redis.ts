import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { installed, pin } from './machine.ts'
import { freePort, stopped } from './programs.ts'

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy()
        resolve(true)
      })
  })

/** A Redis that keeps nothing on disk; null where none is installed: then sessions are in PostgreSQL, everybody's. */
export async function openRedis(folder: string): Promise<{ url: string; stop(): Promise<void> } | null> {
  if (!installed('redis-server')) return null
  const port = await freePort()
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn('redis-server', options, { stdio: 'ignore' })
  pin(child.pid ?? 0, 'rest')
  while (!(await listens(port))) await pause(20)
  return { url: `redis://127.0.0.1:${port}`, stop: () => stopped(child) }
}
