import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** Whether a program is installed on this machine. */
export function installed(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const cores = availableParallelism()
export const pinning = cores > 1 && installed('taskset')

/**
 * Where a process runs: what is measured has the first core to itself; the load, the databases and this program share
 * the others. `anywhere` is for what must use all cores, such as hashing.
 */
export type Place = 'measured' | 'rest' | 'anywhere'

const coresOf: Record<Place, string> = {
  measured: '0',
  rest: cores > 2 ? `1-${cores - 1}` : '1',
  anywhere: `0-${cores - 1}`,
}

/**
 * Moves a process with its threads; what it starts from then on goes along. Does nothing where nothing can be pinned.
 */
export function pin(pid: number, place: Place): void {
  if (pinning) execFileSync('taskset', ['-a', '-c', '-p', coresOf[place], String(pid)], { stdio: 'ignore' })
}

/** What the numbers are measured on, and how busy that is now. */
export function machine(): Record<string, string> {
  const [first] = cpus()
  const load = loadavg().map((each) => each.toFixed(1))
  return {
    machine: `${cores} cores, ${first?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    load: `${load.join(', ')} (1, 5, 15 minutes) before it began`,
    node: process.version,
    cores: pinning
      ? `what is measured on core ${coresOf.measured}; load, databases and Redis on ${coresOf.rest}`
      : 'nothing is pinned: there is one core, or no taskset',
  }
}
