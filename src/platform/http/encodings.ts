import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Request } from 'express'
import { LRUCache } from 'lru-cache'

/** Headers of which it is kept what was made of them: most browsers send one of a few. */
const kept = 500
const longest = 200

/** Finds which of these encodings (RFC 9110 §8.4.1) a request takes, the best first; null for none of them. */
export function encodingOf<Encoding extends string>(
  offered: readonly Encoding[],
): (request: Request) => Encoding | null {
  const chosen = new LRUCache<string, { encoding: Encoding | null }>({ max: kept })
  return (request) => {
    const asked = request.get('accept-encoding')
    if (asked === undefined) return null
    const known = chosen.get(asked)
    if (known) return known.encoding
    const encoding = offered.find((each) => request.acceptsEncodings(each)) ?? null
    if (asked.length <= longest) chosen.set(asked, { encoding })
    return encoding
  }
}

/**
 * How a page travels that is made anew for each answer: Zstandard (RFC 8878) takes half the time of gzip or Brotli, and
 * is a twentieth larger.
 */
const pageEncoding = encodingOf(['zstd', 'gzip'])
/**
 * At once, and not by a thread of the pool: for some kilobytes handing them over and back takes longer than the work.
 */
const compress = { zstd: zstdCompressSync, gzip: gzipSync }
/** What is shorter than this, in bytes, is one packet anyway. */
const worthIt = 1024

/**
 * A page as it travels. Where an answer repeats what somebody else made a browser ask, its length could tell a secret
 * beside it (BREACH): the token of a form differs in every answer, and what another site asks for travels as it is.
 */
export function encoded(page: string, request: Request): { bytes: Buffer; encoding: string | null } {
  const bytes = Buffer.from(page)
  const elsewhere = request.get('sec-fetch-site') === 'cross-site'
  const encoding = bytes.length < worthIt || request.method === 'HEAD' || elsewhere ? null : pageEncoding(request)
  return { bytes: encoding ? compress[encoding](bytes) : bytes, encoding }
}
