import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/log.ts'
import {
  Postponed,
  Undeliverable,
  type Kind,
  type Leased,
  type Outcome,
  type OutboxRow,
  type Transport,
} from './message.ts'
import { createQueue, type Queue } from './queue.ts'

/** How many of a kind go out side by side. A gateway that hangs holds up its own kind only. */
const WORKERS: Record<Kind, number> = { mail: 4, sms: 2, letter: 1, push: 2 }
const allKinds = Object.keys(WORKERS) as Kind[]
const DEBOUNCE_MS = 25
/** With the lease of twelve seconds: what a killed process had in hand is with another after fifteen. */
const LOOK_EVERY_MS = 3000
/** Well within the lease. */
const RENEW_EVERY_MS = 4000
const SEND_WITHIN_MS = 50_000
/** A mark that cannot be written now is tried again this soon, while the process lives. */
const MARK_AGAIN_MS = 500
const FIRST_WAIT_SECONDS = 10
const LONGEST_WAIT_SECONDS = 3600
const GIVE_UP_AFTER = Temporal.Duration.from({ hours: 24 })

export interface Delivery {
  /** Looks for what is due every few seconds from now on: for a process that serves. */
  start(): void
  /** Says that there may be something of these kinds to send: at once, in the background. Cheap to call often. */
  wakeOutbox(kinds: Iterable<Kind>): void
  /** Sends all that is due. @throws what `lease` throws */
  sweep(): Promise<void>
  /** Finishes what is being sent and lets the transports go. */
  stop(): Promise<void>
}

export interface DeliveryParts {
  /** Takes the next message of a kind that is due, of any firm; null when there is none. */
  lease(kind: Kind): Promise<Leased | null>
  renew(row: OutboxRow): Promise<unknown>
  /** Writes down in one statement that the other side has taken it. */
  handed(row: OutboxRow): Promise<void>
  record(row: OutboxRow, outcome: Outcome): Promise<unknown>
  transports: Record<Kind, Transport>
  clock: Clock
  log: Log
}

/**
 * Brings the messages of the outbox outside, with patience until the message's own `notAfter`, or 24 hours. Nothing is
 * sent inside a transaction; so a message whose process dies between the other side's "taken" and our mark goes out
 * twice, with the same id: at most one of each worker.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { log } = parts
  let stopped = false
  let soon: NodeJS.Timeout | undefined
  let look: NodeJS.Timeout | undefined
  const queueOf = (kind: Kind) =>
    createQueue(
      WORKERS[kind],
      () => parts.lease(kind),
      (row) => deliver(row, parts, () => stopped),
    )
  const queues: Record<Kind, Queue> = {
    mail: queueOf('mail'),
    sms: queueOf('sms'),
    letter: queueOf('letter'),
    push: queueOf('push'),
  }
  const sweep = async (kinds: readonly Kind[] = allKinds) => {
    await Promise.all(kinds.map((kind) => queues[kind].drain()))
  }
  const inBackground = (kinds?: readonly Kind[]) =>
    void sweep(kinds).catch((err) => log.error({ err }, 'the outbox cannot be read'))
  /** Of which kinds somebody said that there is something. */
  const awake = new Set<Kind>()

  return {
    sweep: () => sweep(),
    start() {
      inBackground()
      look = setInterval(inBackground, LOOK_EVERY_MS)
    },
    wakeOutbox(kinds) {
      if (stopped) return
      for (const kind of kinds) awake.add(kind)
      soon ??= setTimeout(() => {
        soon = undefined
        inBackground([...awake])
        awake.clear()
      }, DEBOUNCE_MS)
    },
    async stop() {
      stopped = true
      clearTimeout(soon)
      clearInterval(look)
      await Promise.all(
        Object.values(queues).map((queue) =>
          queue.stop().catch((err) => log.error({ err }, 'the outbox cannot be read')),
        ),
      )
      await Promise.all(Object.values(parts.transports).map(async (transport) => transport.close?.()))
    },
  }
}

type Parts = Pick<DeliveryParts, 'renew' | 'handed' | 'record' | 'transports' | 'clock' | 'log'>

async function deliver(row: Leased, parts: Parts, stopped: () => boolean): Promise<void> {
  const { log } = parts
  const about = { message: row.id, kind: row.kind, purpose: row.purpose, attempts: row.attempts }
  const held = setInterval(
    () => void parts.renew(row).catch((err) => log.warn({ ...about, err }, 'the lease could not be renewed')),
    RENEW_EVERY_MS,
  )
  try {
    const outcome = row.handed ? ({ state: 'sent' } as const) : await attempt(row, parts)
    if (outcome.state !== 'sent')
      log.warn({ ...about, reason: outcome.reason }, outcome.state === 'retry' ? 'not delivered yet' : 'not delivered')
    else if (!row.handed) await mark(() => parts.handed(row), stopped)
    // Not settled means leased until the lease ends; what is marked is then settled without being sent again.
    await parts.record(row, outcome)
  } catch (err) {
    log.error({ ...about, err }, 'the outcome could not be written down')
  } finally {
    clearInterval(held)
  }
}

/** While the database is away the mark waits here: whoever gets the message next would send it once more. */
async function mark(write: () => Promise<void>, stopped: () => boolean): Promise<void> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (stopped()) throw error
      await pause(MARK_AGAIN_MS)
    }
  }
}

async function attempt(row: Leased, { transports, clock, log }: Parts): Promise<Outcome> {
  if (Temporal.Instant.compare(clock.now(), deadlineOf(row)) > 0) return { state: 'failed', reason: 'too late' }
  const content = await open(row, log)
  if (!content) return { state: 'failed', reason: 'unreadable' }
  try {
    const { id, tenantId, kind, purpose } = row
    await inTime(transports[kind].send({ ...content, id, tenantId, kind, purpose }))
    return { state: 'sent' }
  } catch (error) {
    return afterFailure(row, error, clock.now())
  }
}

async function open(row: Leased, log: Log) {
  try {
    return await row.open()
  } catch (err) {
    log.error({ alert: 'unreadable', message: row.id, err }, 'the message cannot be read')
    return null
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
  const reason =
    error instanceof Undeliverable || error instanceof Postponed
      ? error.message
      : ((error as NodeJS.ErrnoException).code ?? 'unknown error')
  const at = now.add({ milliseconds: Math.round(waitAfter(row) * 1000) })
  const hopeless = error instanceof Undeliverable || Temporal.Instant.compare(at, deadlineOf(row)) > 0
  if (!hopeless) return { state: 'retry', at, reason }
  return { state: 'failed', reason, ...(error instanceof Undeliverable && error.badAddress && { badAddress: true }) }
}

/**
 * Seconds until the next try: ten, doubling to an hour, for what has a day. What expires sooner waits less, in
 * proportion: of ten minutes two seconds first, and never more than thirty.
 */
function waitAfter(row: OutboxRow): number {
  const life = deadlineOf(row).since(row.createdAt).total('seconds')
  const first = Math.min(FIRST_WAIT_SECONDS, Math.max(1, life / 300))
  const longest = Math.min(LONGEST_WAIT_SECONDS, Math.max(first, life / 20))
  return Math.min(first * 2 ** Math.min(row.attempts - 1, 16), longest)
}
