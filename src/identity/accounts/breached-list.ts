import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Passwords known from stolen collections, kept on our own disk. */
export interface BreachedList {
  has(password: string): boolean
  close(): void
}

/** Longest line a list may have, in bytes: 40 figures, a colon, a count and the line's end. */
const longestLine = 80
const line = /^([0-9A-F]{10,40})(?::\d+)?\r?$/

const sha1 = (text: string): string => createHash('sha1').update(text, 'utf8').digest('hex').toUpperCase()

/** The first whole line that begins at or after `offset`, with the place where it begins. */
function lineFrom(file: number, offset: number): { text: string; start: number } | null {
  const back = offset === 0 ? 0 : 1 // the byte before tells whether a line begins right here
  const buffer = Buffer.alloc(2 * longestLine)
  const text = buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, offset - back))
  const begin = back === 0 ? 0 : text.indexOf('\n') + 1
  if (begin === 0 && back === 1) return null
  const [found] = text.slice(begin).split('\n')
  return found ? { text: found, start: offset - back + begin } : null
}

/** The hash on a line; an error names the line's place, never its content. */
function hashOn(found: { text: string; start: number }): string {
  const hash = line.exec(found.text)?.[1]
  if (!hash) throw new Error(`The list of breached passwords has an unreadable line at byte ${found.start}`)
  return hash
}

function contains(file: number, size: number, hash: string): boolean {
  let [low, high] = [0, size] // the line we look for, if there, begins in [low, high)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const found = lineFrom(file, middle)
    if (!found || found.start >= high) {
      high = middle
      continue
    }
    const listed = hashOn(found)
    if (hash.startsWith(listed)) return true
    if (listed < hash) low = found.start + found.text.length + 1
    else high = middle
  }
  return false
}

/**
 * Opens a list of breached passwords: one upper-case hexadecimal SHA-1 per line (or its first 10 or more figures),
 * optionally followed by `:count`, sorted. This is what the downloader of Have I Been Pwned writes.
 * The file stays on disk and is searched by halving; nothing about a password leaves this machine.
 * Throws when the file is missing or does not begin with such a line.
 */
export function openBreachedList(path: string): BreachedList {
  const file = openSync(path, 'r')
  const size = fstatSync(file).size
  const first = lineFrom(file, 0)
  if (!first || !line.test(first.text)) {
    closeSync(file)
    throw new Error(`${path} is not a sorted list of SHA-1 hashes`)
  }
  return { has: (password) => contains(file, size, sha1(password)), close: () => closeSync(file) }
}
