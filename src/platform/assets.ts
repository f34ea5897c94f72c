import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { RequestHandler } from 'express'

interface File {
  type: string
  bytes: Buffer
  gzip?: Buffer
  brotli?: Buffer
}

/** Address of a file by its name ("logo.svg"). Throws on an unknown name. */
export type Addresses = ((name: string) => string) & { has(name: string): boolean }

export interface Assets {
  /** The house's own files: what `static/build.ts` made. */
  house: Addresses
  /**
   * Adds an owner's files (a folder that may be missing, and texts made at start such as "theme.css")
   * and gives their addresses; a name the owner does not have is looked up in the house.
   */
  of(folder: string | null, made?: Record<string, string>): Addresses
  /** Serves GET and HEAD below /static; unknown names go on to the next handler. */
  serve: RequestHandler
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
}
const hashed = /^.+\.[0-9a-f]{10}\.[a-z]+$/

/** "portal.css" with these bytes becomes "portal.1f2e3d4c5b.css": the name changes when the content does. */
export function hashedName(name: string, bytes: Buffer): string {
  const end = extname(name)
  return `${basename(name, end)}.${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}${end}`
}

function file(name: string, bytes: Buffer): File | null {
  const type = types[extname(name)]
  if (!type) return null
  return type.startsWith('image/png')
    ? { type, bytes }
    : { type, bytes, gzip: gzipSync(bytes, { level: 9 }), brotli: brotliCompressSync(bytes) }
}

const filesIn = (folder: string | null): [string, Buffer][] =>
  folder && existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => types[extname(name)])
        .map((name) => [name, readFileSync(join(folder, name))])
    : []

function addresses(names: Map<string, string>, beyond?: Addresses): Addresses {
  const find = (name: string): string => {
    const own = names.get(name)
    if (own) return `/static/${own}`
    if (!beyond) throw new Error(`no static file "${name}"; was static/build.ts run?`)
    return beyond(name)
  }
  return Object.assign(find, { has: (name: string) => names.has(name) || (beyond?.has(name) ?? false) })
}

function handler(files: Map<string, File>): RequestHandler {
  return (request, response, next) => {
    const found =
      request.method === 'GET' || request.method === 'HEAD'
        ? files.get(request.path.replace(/^\/(static\/)?/, ''))
        : undefined
    if (!found) return next()
    const encoding =
      found.brotli && request.acceptsEncodings('br')
        ? 'br'
        : found.gzip && request.acceptsEncodings('gzip')
          ? 'gzip'
          : null
    response.set({
      'Content-Type': found.type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
    })
    // A drawing opened by itself is a document: it may not run or load anything.
    if (found.type === 'image/svg+xml')
      response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    if (encoding) response.set('Content-Encoding', encoding)
    response.end(encoding === 'br' ? found.brotli : encoding ? found.gzip : found.bytes)
  }
}

/** The static files, held in memory under hashed names. `built` is the folder `static/build.ts` writes, whose names are hashed already. */
export function createAssets(built: string): Assets {
  const files = new Map<string, File>()
  const add = (name: string, bytes: Buffer): [string, string] => {
    const named = hashed.test(name) ? name : hashedName(name, bytes)
    const made = file(named, bytes)
    if (made && !files.has(named)) files.set(named, made)
    return [name, named]
  }
  for (const [name, bytes] of filesIn(built)) add(name, bytes)
  const manifest = join(built, 'manifest.json')
  const house = addresses(
    new Map(
      existsSync(manifest) ? Object.entries(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>) : [],
    ),
  )
  const of = (folder: string | null, made: Record<string, string> = {}) =>
    addresses(
      new Map(
        [
          ...filesIn(folder),
          ...Object.entries(made).map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]),
        ].map(([name, bytes]) => add(name, bytes)),
      ),
      house,
    )
  return { house, of, serve: handler(files) }
}
