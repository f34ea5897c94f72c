import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { Postponed, Undeliverable, type Content, type Kind, type Leased, type Outcome, type OutboxRow, type Transport } from './message.ts'

/** Sent side by side, so that a whole batch fits in one lease. */
const BATCH = 5
const DEBOUNCE_MS = 25
const FIRST_WAIT_SECONDS = 10
const LONGEST_WAIT_SECONDS = 3600
const GIVE_UP_AFTER = Temporal.Duration.from({ hours: 24 })
/** Shorter than the lease, so that a row is never with two processes. */
const SEND_WITHIN_MS = 50_000
/** Later than this the sweep of every minute comes by anyway. */
const SWEEP_MS = 60_000

export interface Delivery {
  /** Says that there may be something to send: at once, in the background. Cheap to call often. */
  nudge(): void
  /** Sends all that is due. For the sweep of every minute, and for tests. @throws what `lease` throws */
  sweep(): Promise<void>
  /** Finishes what is being sent and lets the transports go. */
  stop(): Promise<void>
}

export interface DeliveryParts {
  /** Takes at most `limit` due rows, of any tenant, and leases them to this process for a minute. */
  lease(limit: number): Promise<Leased[]>
  settle(row: OutboxRow, outcome: Outcome): Promise<unknown>
  transports: Record<Kind, Transport>
  clock: Clock
  log: Log
}

/**
 * Brings the rows of the outbox outside, with patience: after a failure 10 seconds, doubling to an hour, until the
 * row's own `notAfter` or 24 hours. Nothing is sent inside a transaction, so a message may in rare cases (a kill
 * between sending and settling) go out twice; then with the same id.
 */
export function createDelivery({ lease, settle, transports, clock, log }: DeliveryParts): Delivery {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let soon: NodeJS.Timeout | undefined
  let later: NodeJS.Timeout | undefined

  async function deliver(row: Leased): Promise<void> {
    const outcome = await attempt(row)
    const about = { message: row.id, kind: row.kind, purpose: row.purpose, attempts: row.attempts }
    if (outcome.state !== 'sent') log.warn({ ...about, reason: outcome.reason }, outcome.state === 'retry' ? 'not delivered yet' : 'not delivered')
    // Not settled means leased until the minute is over, and then tried again under the same id.
    await settle(row, outcome).catch(err => log.error({ ...about, err }, 'the outcome could not be written down'))
    if (outcome.state === 'retry') wakeAt(outcome.at)
  }

  async function attempt(row: Leased): Promise<Outcome> {
    if (Temporal.Instant.compare(clock.now(), deadlineOf(row)) > 0) return { state: 'failed', reason: 'too late' }
    let content: Content
    try {
      content = await row.open()
    } catch (err) {
      log.error({ message: row.id, err }, 'the message cannot be read')
      return { state: 'failed', reason: 'unreadable' }
    }
    try {
      const { id, tenantId, kind, purpose } = row
      await inTime(transports[kind].send({ ...content, id, tenantId, kind, purpose }))
      return { state: 'sent' }
    } catch (error) {
      return afterFailure(row, error, clock.now())
    }
  }

  async function drain(): Promise<void> {
    try {
      do {
        again = false
        for (let rows = await take(); rows.length > 0; rows = await take()) await Promise.all(rows.map(deliver))
      } while (again && !stopped)
    } finally {
      // In the same breath as the last look at `again`, or a nudge in between would be lost.
      running = null
    }
  }

  const take = async () => (stopped ? [] : lease(BATCH))

  function sweep(): Promise<void> {
    again = true
    return (running ??= drain())
  }

  function nudge(): void {
    if (stopped) return
    soon ??= setTimeout(() => {
      soon = undefined
      sweep().catch(err => log.error({ err }, 'the outbox cannot be read'))
    }, DEBOUNCE_MS)
  }

  function wakeAt(at: Temporal.Instant): void {
    const wait = at.since(clock.now()).total('milliseconds')
    if (stopped || later || wait > SWEEP_MS) return
    later = setTimeout(() => {
      later = undefined
      nudge()
    }, wait)
  }

  return {
    nudge,
    sweep,
    async stop() {
      stopped = true
      clearTimeout(soon)
      clearTimeout(later)
      await running?.catch(err => log.error({ err }, 'the outbox cannot be read'))
      await Promise.all(Object.values(transports).map(transport => transport.close?.()))
    },
  }
}

async function inTime(sending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Postponed('did not finish in time')), SEND_WITHIN_MS)
  })
  await Promise.race([sending, late]).finally(() => clearTimeout(timer))
}

function deadlineOf(row: OutboxRow): Temporal.Instant {
  return row.notAfter ?? row.createdAt.add(GIVE_UP_AFTER)
}

function afterFailure(row: OutboxRow, error: unknown, now: Temporal.Instant): Outcome {
  // The words of an unknown error may hold an address or number; its code does not.
  const reason = error instanceof Undeliverable || error instanceof Postponed ? error.message : String((error as NodeJS.ErrnoException).code ?? 'unknown error')
  const at = now.add({ seconds: waitAfter(row.attempts) })
  const hopeless = error instanceof Undeliverable || Temporal.Instant.compare(at, deadlineOf(row)) > 0
  if (!hopeless) return { state: 'retry', at, reason }
  return { state: 'failed', reason, ...(error instanceof Undeliverable && error.badAddress && { badAddress: true }) }
}

function waitAfter(attempts: number): number {
  return Math.min(FIRST_WAIT_SECONDS * 2 ** Math.min(attempts - 1, 16), LONGEST_WAIT_SECONDS)
}
