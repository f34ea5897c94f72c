import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, RequestHandler, Response } from 'express'
import { LRUCache } from 'lru-cache'
import { encodingOf } from './encodings.ts'

const brotli = promisify(brotliCompress)
const compressions = {
  // Below the most: 6 % larger, and four times as fast for the sheet of a firm that was just loaded.
  br: (bytes: Buffer) => brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: promisify<Buffer, Buffer>(gzip),
}

type Encoding = keyof typeof compressions
const fileEncoding = encodingOf<Encoding>(['br', 'gzip'])

/** A file as it is served. */
export interface File {
  bytes: Buffer
  compressed: Map<Encoding, Promise<Buffer>>
}

/** Address of a file by its name ("logo.svg"). Throws on an unknown name. */
export type Addresses = ((name: string) => string) & { has(name: string): boolean }
/** The same, with the owner's own files by the names they are served under. */
export type OwnFiles = Addresses & { readonly files: ReadonlyMap<string, File> }

export interface Assets {
  /** The installation's own files: what `static/build.ts` made. */
  services: OwnFiles
  /** One of them as text, to make an owner's from. @throws Error for a name there is not */
  text(name: string): string
  /**
   * Adds an owner's files (a folder that may be missing, and texts made of its choices, such as its style sheet)
   * and gives their addresses; a name the owner does not have is looked up in the installation.
   */
  of(folder: string | null, made?: Record<string, string>): OwnFiles
  /**
   * Serves GET and HEAD below /static: the installation's files, and of owners what was used last; unknown names go on.
   */
  serve: RequestHandler
  /** The same for the files of whoever the request is at: with many owners most of them were not asked for before. */
  serveOf(owner: (response: Response) => OwnFiles | null): RequestHandler
}

/**
 * Bytes of owners' files that are kept beside what their owners hold: a page that was just replaced still finds its
 * look.
 */
const keptBytes = 32 * 1024 * 1024

/** What is served, and whether it gets smaller. A file of another kind in a firm's folder is not seen. */
const kinds: Record<string, { compressible: boolean }> = {
  '.css': { compressible: true },
  '.js': { compressible: true },
  '.svg': { compressible: true },
  '.webmanifest': { compressible: true },
  '.ico': { compressible: true },
  '.png': { compressible: false },
}
const hashed = /^.+\.[0-9a-f]{10}\.[a-z]+$/

/** "portal.css" with these bytes becomes "portal.1f2e3d4c5b.css": the name changes when the content does. */
export function hashedName(name: string, bytes: Buffer): string {
  const end = extname(name)
  return `${basename(name, end)}.${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}${end}`
}

const filesIn = (folder: string | null): [string, Buffer][] =>
  folder && existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => kinds[extname(name)])
        .map((name) => [name, readFileSync(join(folder, name))])
    : []

const none: ReadonlyMap<string, File> = new Map()

function addresses(
  names: Map<string, string>,
  { beyond, files = none }: { beyond?: Addresses; files?: ReadonlyMap<string, File> } = {},
): OwnFiles {
  const find = (name: string): string => {
    const own = names.get(name)
    if (own) return `/static/${own}`
    if (!beyond) throw new Error(`no static file "${name}"; was static/build.ts run?`)
    return beyond(name)
  }
  return Object.assign(find, { files, has: (name: string) => names.has(name) || (beyond?.has(name) ?? false) })
}

/** Compressed when first asked for, and once: at start it would be so many milliseconds for every firm there is. */
function compressed(file: File, encoding: Encoding): Promise<Buffer> {
  const made = file.compressed.get(encoding) ?? compressions[encoding](file.bytes)
  file.compressed.set(encoding, made)
  return made
}

function handler(find: (name: string, response: Response) => File | undefined): RequestHandler {
  return (request, response, next) => {
    const name = request.path.slice(1)
    const file = ['GET', 'HEAD'].includes(request.method) ? find(name, response) : undefined
    return file ? send(name, file, request, response) : next()
  }
}

async function send(name: string, file: File, request: Request, response: Response): Promise<void> {
  const end = extname(name)
  const encoding = kinds[end]?.compressible ? fileEncoding(request) : null
  response.type(end).vary('Accept-Encoding').set({
    'Cache-Control': 'public, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
  })
  // A drawing opened by itself is a document: it may not run or load anything.
  if (end === '.svg') response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  // A service worker may be one for addresses outside its folder (Service Workers, section 7.1).
  if (end === '.js') response.set('Service-Worker-Allowed', '/')
  if (!encoding) return void response.end(file.bytes)
  response.set('Content-Encoding', encoding).end(await compressed(file, encoding))
}

const fileOf = (bytes: Buffer): File => ({ bytes, compressed: new Map() })
const servedAs = (name: string, bytes: Buffer) => (hashed.test(name) ? name : hashedName(name, bytes))

/** The static files, held in memory under hashed names. `built` is the folder `static/build.ts` writes, whose names are hashed already. */
export function createAssets(built: string): Assets {
  const own = new Map(filesIn(built).map(([name, bytes]) => [servedAs(name, bytes), fileOf(bytes)]))
  const recent = new LRUCache<string, File>({
    maxSize: keptBytes,
    sizeCalculation: ({ bytes }) => bytes.length + 1,
  })
  const manifest = join(built, 'manifest.json')
  const services = addresses(
    new Map(
      existsSync(manifest) ? Object.entries(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>) : [],
    ),
  )
  function of(folder: string | null, made: Record<string, string> = {}): OwnFiles {
    const files = new Map<string, File>()
    const names = new Map<string, string>()
    const texts = Object.entries(made).map(([name, text]): [string, Buffer] => [name, Buffer.from(text)])
    for (const [name, bytes] of [...filesIn(folder), ...texts]) {
      const served = servedAs(name, bytes)
      // The same bytes are kept once, whoever has them.
      const file = recent.get(served) ?? fileOf(bytes)
      names.set(name, served)
      files.set(served, file)
      recent.set(served, file)
    }
    return addresses(names, { beyond: services, files })
  }
  return {
    services,
    text(name) {
      const file = own.get(basename(services(name)))
      if (!file) throw new Error(`${services(name)} is not there; was static/build.ts run?`)
      return file.bytes.toString()
    },
    of,
    serve: handler((name) => own.get(name) ?? recent.get(name)),
    serveOf: (owner) => handler((name, response) => owner(response)?.files.get(name)),
  }
}
