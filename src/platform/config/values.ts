/** The kinds of values an environment variable may hold, each with the words for one that it may not. */
import path from 'node:path'
import { z } from 'zod'
import { masterKeyMistake } from './kept-secret.ts'

const PROJECT = path.resolve(import.meta.dirname, '../../..')

/** Several, with a comma between. */
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

export const portNumber = z.coerce
  .number('set it to a port number')
  .int('set it to a port number')
  .min(1, 'set it to 1 or more')
  .max(65_535, 'set it to 65535 or less')

/** An address with one of these protocols, each with its colon. */
export function address(...protocols: string[]) {
  const fits = (text: string) => protocols.includes(URL.parse(text)?.protocol ?? '')
  return z
    .string()
    .refine(fits, `set it to an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`)
}

/** A web address without path, query or user. */
export function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
  )
}

export function checkMasterKey(text: string, context: z.RefinementCtx): void {
  const wrong = masterKeyMistake(text)
  if (wrong) context.addIssue({ code: 'custom', message: `set it to id:base64 of 32 bytes, comma between; ${wrong}` })
}

/** A folder or file as it is written, from the project on. */
export function inProject(folder: string): string {
  return path.resolve(PROJECT, folder)
}
