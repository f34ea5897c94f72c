import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

/**
 * One line of the anchor: where the log of a firm ended at a moment. `restored`: from here on the log is the one of a
 * backup, and what was anchored beyond it is gone with reason; `removed`: the firm is.
 */
const lineShape = z.object({
  at: z.iso.datetime(),
  firm: z.string(),
  tenant: z.uuid(),
  seq: z.int().min(0),
  hash: z.string(),
  event: z.enum(['restored', 'removed']).optional(),
})
export type AnchorLine = z.infer<typeof lineShape>

/**
 * Appends lines in one write, so that those of several processes stand side by side (O_APPEND, POSIX write), and waits
 * until they are on the disk. What a process left half-written gets its end first.
 */
export async function appendLines(file: string, lines: AnchorLine[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o711 })
  const handle = await open(file, 'a+', 0o600)
  try {
    const { size } = await handle.stat()
    const last = size ? (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() : '\n'
    await handle.writeFile(`${last === '\n' ? '' : '\n'}${lines.map((line) => `${JSON.stringify(line)}\n`).join('')}`)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

/** The lines in their order; what cannot be read is left out. No file: no lines. */
export async function* readLines(file: string): AsyncGenerator<AnchorLine> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!handle) return
  await handle.close()
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const read = lineShape.safeParse(parsed(text))
    if (read.success) yield read.data
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A line that a full disk or a power cut left half.
    return null
  }
}
