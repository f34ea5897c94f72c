import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log/log.ts'
import { appendLines, readLines, type AnchorLine } from './anchor-file.ts'
import { headOf, type FirmQuery, type Head } from './chain.ts'

/** Lines of one second are written together. */
const GATHER_MS = 1000
/** After a failure; the disk may be full for a while. */
const AGAIN_MS = 10_000

export interface Firm {
  id: string
  slug: string
}

/** Keeps the end of every firm's log outside the database, so that one that was cut or emptied is found. */
export interface Anchor {
  /** Says that a firm's log got longer, once that is committed. Cheap, and never fails. */
  changed(tenantId: string): void
  /** Anchors a firm's log now, where it may have changed unseen, such as by a process that was killed. */
  anchor(tenantId: string): Promise<void>
  /** Anchors what is still to be, and stops. */
  stop(): Promise<void>
}

interface Parts {
  file: string
  /** Null for a firm that is not served here. */
  firmOf(tenantId: string): Firm | null
  queryOf(tenantId: string): FirmQuery
  clock: Clock
  log: Log
}

/**
 * Appends to the anchor's file where a firm's log ends, read from the database and so always after the commit. What goes
 * wrong is told in the log and tried again; no request waits for it or fails by it.
 */
export function openAnchor({ file, firmOf, queryOf, clock, log }: Parts): Anchor {
  const waiting = new Set<string>()
  const known = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null

  async function write(): Promise<void> {
    const now = [...waiting].map(firmOf).filter((firm) => firm !== null)
    waiting.clear()
    try {
      const heads = await Promise.all(now.map(async (firm) => ({ firm, head: await headOf(queryOf(firm.id)) })))
      const longer = heads.filter(
        (each): each is { firm: Firm; head: Head } =>
          each.head !== null && each.head.seq > (known.get(each.firm.id) ?? 0),
      )
      if (longer.length)
        await appendLines(
          file,
          longer.map(({ firm, head }) => lineOf(clock, firm, head)),
        )
      for (const { firm, head } of longer) known.set(firm.id, head.seq)
    } catch (err) {
      for (const { id } of now) waiting.add(id)
      log.error({ alert: 'audit-anchor', file, err }, 'the ends of the logs could not be anchored; it is tried again')
      later(AGAIN_MS)
    }
  }

  function later(wait: number): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void flush()
    }, wait).unref()
  }

  /** One at a time: two writes of one process would anchor the same line twice. */
  function flush(): Promise<void> {
    return (running ??= write().finally(() => {
      running = null
    }))
  }

  return {
    changed(tenantId) {
      waiting.add(tenantId)
      later(GATHER_MS)
    },
    async anchor(tenantId) {
      waiting.add(tenantId)
      await running
      await flush()
    },
    async stop() {
      await running
      if (waiting.size) await flush()
      clearTimeout(timer)
    },
  }
}

const lineOf = (clock: Clock, { id, slug }: Firm, head: Head, event?: AnchorLine['event']): AnchorLine => ({
  at: clock.now().toString(),
  firm: slug,
  tenant: id,
  ...head,
  ...(event && { event }),
})

/**
 * Says in the anchor that a backup was restored: the log of each firm in it ends, with reason, where it ended then, and
 * firms that were anchored since are gone.
 */
export async function anchorRestored(
  file: string,
  firms: (Firm & { log: Head | null })[],
  clock: Clock,
): Promise<void> {
  const gone = new Map<string, AnchorLine>()
  for await (const line of readLines(file)) gone.set(line.tenant, line)
  for (const { id } of firms) gone.delete(id)
  const removed = [...gone.values()]
    .filter(({ event }) => event !== 'removed')
    .map((line) => ({ ...line, at: clock.now().toString(), event: 'removed' as const }))
  const restored = firms.map((firm) => lineOf(clock, firm, firm.log ?? { seq: 0, hash: '' }, 'restored'))
  await appendLines(file, [...restored, ...removed])
}
