import multer from 'multer'
import type { Request, RequestHandler } from 'express'
import type { EventEmitter } from 'node:events'
import type { Writable } from 'node:stream'
import { Refusal } from './errors.ts'

/** A file as it was sent: its name is what somebody's browser said, and shown escaped only. */
export interface Upload {
  name: string
  bytes: Buffer
}

/** One small file in memory, and everything about the form bounded: multer's own limits are infinite. */
const limits = {
  fileSize: 512 * 1024,
  files: 1,
  fields: 10,
  fieldSize: 4096,
  fieldNameSize: 100,
  parts: 12,
  headerPairs: 100,
}

/** What multer's types do not know yet: who feeds its parser. */
type Options = multer.Options & { streamHandler: (request: Request, parser: EventEmitter & Writable) => void }

/** Feeds the parser, but keeps to itself what has no name: text browsers send such fields, nobody reads them, and multer would refuse the form. */
function feed(request: Request, parser: EventEmitter & Writable): void {
  const [field] = parser.listeners('field')
  parser.removeAllListeners('field')
  parser.on('field', (name?: string, ...rest: unknown[]) => {
    if (name) field?.(name, ...rest)
  })
  request.pipe(parser)
}

/** Reads a form with a file, at these addresses and nowhere else. A form too large or torn is refused with 413 or 400. */
export function uploads(addresses: ReadonlySet<string>): RequestHandler {
  const options: Options = { storage: multer.memoryStorage(), limits, streamHandler: feed }
  const read = multer(options).single('file')
  return (request, response, next) => {
    if (request.method !== 'POST' || !addresses.has(request.path) || !request.is('multipart/form-data')) return next()
    read(request, response, (error: unknown) => {
      const tooLarge = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE'
      next(error ? new Refusal(tooLarge ? 413 : 400, tooLarge ? 'tooLarge' : 'oddForm') : undefined)
    })
  }
}
