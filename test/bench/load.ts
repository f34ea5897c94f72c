import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Job, Result } from './load-job.ts'
import { pin } from './machine.ts'
import { answerOf, stopped } from './programs.ts'

/** The load program; several jobs may run at once, each in a process of its own. */
export class Load {
  readonly #idle: ChildProcess[] = []
  readonly #all: ChildProcess[] = []

  /** @throws Error when the load itself failed; what is answered, whatever its status, is no failure */
  async run(job: Job): Promise<Result> {
    const child = this.#idle.pop() ?? this.#begin()
    const { result, error } = await answerOf<{ result?: Result; error?: string }>(child, job)
    if (!result) throw new Error(error)
    this.#idle.push(child)
    return result
  }

  #begin(): ChildProcess {
    const child = fork(join(import.meta.dirname, 'load-program.ts'))
    pin(child.pid ?? 0, 'rest')
    this.#all.push(child)
    return child
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((child) => stopped(child, 'SIGTERM')))
  }
}
