import type { Firm } from './anchor.ts'
import { readLines, type AnchorLine } from './anchor-file.ts'
import { headOf, type FirmQuery, type Head } from './chain.ts'
import { hashesText } from './store.ts'

/** Lines compared in one statement; so many of each firm are in memory at most. */
const BATCH = 200

/** What comparing found: how far the anchor reaches, or what is wrong, in words. */
export type Compared = { ok: true; anchored: number } | { ok: false; what: string }

/** A backup that was restored, and how many lines of the anchor stand before it. */
interface Restore {
  seq: number
  after: number
}

/** The restores of each firm, by its id. */
async function restoresIn(file: string): Promise<Map<string, Restore[]>> {
  const restores = new Map<string, Restore[]>()
  let after = 0
  for await (const { event, tenant, seq } of readLines(file)) {
    if (event === 'restored') restores.set(tenant, [...(restores.get(tenant) ?? []), { seq, after }])
    after++
  }
  return restores
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

/** What is known so far of one firm's log while the anchor is read. */
class Comparison {
  readonly #query: FirmQuery
  #lines: AnchorLine[] = []
  #anchored = 0
  #what: string | null = null
  constructor(query: FirmQuery) {
    this.#query = query
  }

  async add(line: AnchorLine): Promise<void> {
    this.#anchored = Math.max(this.#anchored, line.seq)
    this.#lines.push(line)
    if (this.#lines.length >= BATCH) await this.#judge()
  }

  async end(file: string): Promise<Compared> {
    await this.#judge()
    const unknown = !this.#what && !this.#anchored && (await headOf(this.#query)) !== null
    const what = unknown ? `nothing of it is anchored in ${file}` : this.#what
    return what ? { ok: false, what } : { ok: true, anchored: this.#anchored }
  }

  async #judge(): Promise<void> {
    const lines = this.#lines
    this.#lines = []
    if (lines.length) this.#what ??= await wrongIn(lines, this.#query)
  }
}

/**
 * Compares firms' logs with everything that was ever anchored of them, in one reading of the anchor, however many firms
 * there are. A log that is longer than its anchor is whole.
 * @param file the anchor, or a copy of it that was kept elsewhere
 * @returns what was found, by the firm's id
 */
export async function compareWithAnchor(
  file: string,
  firms: readonly Pick<Firm, 'id'>[],
  queryOf: (tenantId: string) => FirmQuery,
): Promise<Map<string, Compared>> {
  const logs = new Map(firms.map(({ id }) => [id, new Comparison(queryOf(id))]))
  const restores = await restoresIn(file)
  let at = 0
  for await (const line of readLines(file)) {
    // Beyond a backup that was restored later a line need not be true any more.
    const undone = restores.get(line.tenant)?.some(({ seq, after }) => after > at && line.seq > seq) ?? false
    if (line.seq > 0 && !undone) await logs.get(line.tenant)?.add(line)
    at++
  }
  const compared = new Map<string, Compared>()
  for (const [id, log] of logs) compared.set(id, await log.end(file))
  return compared
}

/** Firms that were anchored, are not here, and were not removed with reason. */
export async function lostFirms(file: string, here: readonly Pick<Firm, 'id'>[]): Promise<string[]> {
  const last = new Map<string, AnchorLine>()
  for await (const line of readLines(file)) last.set(line.tenant, line)
  for (const { id } of here) last.delete(id)
  return [...last.values()].filter(({ event }) => event !== 'removed').map(({ firm }) => firm)
}
