import { fork, type ChildProcess } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../log/log.ts'
import type { HashAnswer, HashJob } from './hash-child.ts'

/** The process could not start, or ended before it answered. */
export class Died extends Error {
  override name = 'Died'
}
/** It stood still, and was ended. */
export class Stuck extends Error {
  override name = 'Stuck'
}

/** In milliseconds, beside the patience with a hash: starting takes a tenth of a second, on a machine that is swamped many. */
const STARTING = 20_000

/** A child process that computes one hash at a time. */
export interface HashProcess {
  readonly pid: number | undefined
  /** False once it ended: it is of no use any more. */
  alive(): boolean
  /** @throws Died, Stuck; Error when the job itself is wrong */
  run(job: HashJob): Promise<string | boolean>
  /** Closes its channel, upon which it ends; resolves when it is gone. */
  end(): Promise<void>
}

/** What is asked of it at this moment. */
type Pending = PromiseWithResolvers<string | boolean>

/**
 * Starts one. It inherits neither our environment nor our arguments nor our output, so nothing secret stands where
 * another program or a crash report could show it; one thread is all it needs, and each more would keep 19 MiB.
 * @param patience in milliseconds: a hash takes some tens, on a swamped machine some thousand; after this it is not waited for
 * @throws Error when the machine has no room for it
 */
export function startHashProcess(patience: number, log?: Log): HashProcess {
  const child = fork(join(import.meta.dirname, 'hash-child.ts'), {
    execArgv: [],
    env: { UV_THREADPOOL_SIZE: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const gone = Promise.withResolvers<void>()
  let alive = true
  let ending = false
  let pending: Pending | null = null
  let started = false
  const died = (how: object) => {
    if (alive && !ending) log?.warn(how, 'a process for password hashes ended; the next hash starts another')
    alive = false
    pending?.reject(new Died())
    gone.resolve()
  }
  child.on('message', (answer: HashAnswer) => settle(pending, answer))
  child.on('error', (err) => died({ err }))
  child.once('exit', (code, signal) => died({ code, signal }))
  lowerPriority(child, log)
  holdsUs(child, false)
  return {
    pid: child.pid,
    alive: () => alive && child.connected && !child.killed,
    async run(job) {
      if (!child.connected) throw new Died()
      pending = Promise.withResolvers()
      holdsUs(child, true)
      const stuck = setTimeout(
        () => {
          pending?.reject(new Stuck())
          child.kill('SIGKILL')
        },
        patience + (started ? 0 : STARTING),
      )
      child.send(job, (error) => error && pending?.reject(new Died()))
      try {
        const answer = await pending.promise
        started = true
        return answer
      } finally {
        clearTimeout(stuck)
        holdsUs(child, false)
        pending = null
      }
    },
    async end() {
      ending = true
      holdsUs(child, true)
      if (child.connected) child.disconnect()
      if (child.pid !== undefined) await gone.promise
    },
  }
}

function settle(pending: Pending | null, answer: HashAnswer): void {
  if ('failed' in answer) pending?.reject(new Error(answer.failed))
  else pending?.resolve(answer.done)
}

/** Whether our process stays for it: only while it computes something. */
function holdsUs(child: ChildProcess, holds: boolean): void {
  for (const handle of [child, child.channel]) handle?.[holds ? 'ref' : 'unref']()
}

/**
 * Pages go before passwords: the kernel gives a process of low priority what others leave. Said before it has threads of
 * its own, since on Linux each thread has a priority and takes it from the one that starts it. Lowering needs no rights;
 * where it is refused all the same (a strict sandbox), hashes compete with the pages and everything still works.
 */
function lowerPriority({ pid }: ChildProcess, log?: Log): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch (err) {
    log?.warn({ err }, 'processes for password hashes keep the ordinary priority')
  }
}
