import type { Leased } from './message.ts'

export interface Queue {
  /** Sends all that is due, also what comes while it looks. @throws what `lease` throws */
  drain(): Promise<void>
  /** Takes nothing more, and finishes what is being sent. */
  stop(): Promise<void>
}

/** Messages of one kind, sent by at most `most` workers, each one message at a time. */
export function createQueue(
  most: number,
  lease: () => Promise<Leased | null>,
  deliver: (row: Leased) => Promise<void>,
): Queue {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const take = async () => (stopped ? null : lease())

  /** As long as there is something a further worker looks as well, while this one sends. */
  async function work(left: number): Promise<void> {
    let others: Promise<void> | undefined
    for (let row = await take(); row; row = await take()) {
      if (left > 1 && !others) {
        others = work(left - 1)
        // Awaited below: until then a failure of theirs must not end the process.
        others.catch(() => {})
      }
      await deliver(row)
    }
    await others
  }

  async function run(): Promise<void> {
    try {
      do {
        again = false
        await work(most)
      } while (again && !stopped)
    } finally {
      // In the same breath as the last look at `again`, or a call in between would be lost.
      running = null
    }
  }

  return {
    drain(): Promise<void> {
      again = true
      return (running ??= run())
    },
    async stop(): Promise<void> {
      stopped = true
      await running
    },
  }
}
