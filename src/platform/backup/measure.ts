import { createHash } from 'node:crypto'

/** One stage of a pipeline. */
export type Through = (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>

/** Counts and hashes (SHA-256) what goes through. */
export function measuring(): { through: Through; result(): { bytes: number; sha256: string } } {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    async *through(source) {
      for await (const chunk of source) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    result: () => ({ bytes, sha256: hash.digest('hex') }),
  }
}
