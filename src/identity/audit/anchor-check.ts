import type { Firm } from './anchor.ts'
import { readLines, type AnchorLine } from './anchor-file.ts'
import { headOf, type FirmQuery, type Head } from './chain.ts'
import { hashesText } from './store.ts'

/** Lines compared in one statement. */
const BATCH = 1000

/** What comparing found: how far the anchor reaches, or what is wrong, in words. */
export type Compared = { ok: true; anchored: number } | { ok: false; what: string }

/** A backup that was restored, and how many lines of the anchor stand before it. */
interface Restore {
  seq: number
  after: number
}

async function* linesOf(file: string, tenantId: string): AsyncGenerator<AnchorLine> {
  for await (const line of readLines(file)) if (line.tenant === tenantId) yield line
}

/** The lines that still have to be true: beyond a backup that was restored later they need not be. */
async function* standing(file: string, tenantId: string): AsyncGenerator<AnchorLine> {
  const restores: Restore[] = []
  let count = 0
  for await (const { event, seq } of linesOf(file, tenantId)) {
    if (event === 'restored') restores.push({ seq, after: count })
    count++
  }
  let at = 0
  for await (const line of linesOf(file, tenantId)) {
    if (line.seq > 0 && !restores.some(({ seq, after }) => after > at && line.seq > seq)) yield line
    at++
  }
}

async function wrongIn(lines: AnchorLine[], query: FirmQuery): Promise<string | null> {
  const rows = await query<Head>(hashesText(lines.map(({ seq }) => seq)))
  const now = new Map(rows.map(({ seq, hash }) => [seq, hash]))
  const bad = lines.find(({ seq, hash }) => now.get(seq) !== hash)
  if (!bad) return null
  if (now.has(bad.seq)) return `line ${bad.seq} is not the one that was anchored at ${bad.at}: it was written anew`
  const head = await headOf(query)
  return `it ends at line ${head?.seq ?? 0}, and line ${bad.seq} was anchored at ${bad.at}: what came after was cut off`
}

/**
 * Compares a firm's log with everything that was ever anchored of it. A log that is longer than its anchor is whole.
 * @param file the anchor, or a copy of it that was kept elsewhere
 */
export async function compareWithAnchor(file: string, { id }: Pick<Firm, 'id'>, query: FirmQuery): Promise<Compared> {
  let anchored = 0
  let batch: AnchorLine[] = []
  const judge = async () => {
    const what = batch.length ? await wrongIn(batch, query) : null
    batch = []
    return what
  }
  for await (const line of standing(file, id)) {
    anchored = Math.max(anchored, line.seq)
    batch.push(line)
    const what = batch.length >= BATCH ? await judge() : null
    if (what) return { ok: false, what }
  }
  const what = await judge()
  if (what) return { ok: false, what }
  if (!anchored && (await headOf(query))) return { ok: false, what: `nothing of it is anchored in ${file}` }
  return { ok: true, anchored }
}

/** Firms that were anchored, are not here, and were not removed with reason. */
export async function lostFirms(file: string, here: readonly Pick<Firm, 'id'>[]): Promise<string[]> {
  const last = new Map<string, AnchorLine>()
  for await (const line of readLines(file)) last.set(line.tenant, line)
  for (const { id } of here) last.delete(id)
  return [...last.values()].filter(({ event }) => event !== 'removed').map(({ firm }) => firm)
}
