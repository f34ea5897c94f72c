import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { sources } from './sources.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** A quoted text that says something to PostgreSQL. */
const spoken = /(['"`])\s*(?:select|insert into|update\s+\S+\s+set|delete from|with(?: recursive)?\s+\w+\s+as)\b/g

interface Raw {
  path: string
  text: string
}

/** Up to the quote that closes it. */
function closed(text: string, from: number, quote: string): string {
  let at = from
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1
  return text.slice(from, at)
}

const raw: Raw[] = sources('src').flatMap(({ path, text }) =>
  [...text.matchAll(spoken)].map((found) => ({ path, text: closed(text, found.index + 1, found[1]!) })),
)
const isFixed = ({ text }: Raw) => !text.includes('${')
/** Pieces of raw text inside typed statements. */
const pieces = sources('src').flatMap(({ path, text }) =>
  [...text.matchAll(/\bsql(?:<[^`()]*>)?`/g)].map(({ index }) => ({ path, text: text.slice(index, index + 60) })),
)

/** As PostgreSQL takes it: MikroORM writes `?` where its values go. */
const prepared = (text: string) => {
  let nth = 0
  return text.replace(/'[^']*'|\?/g, (found) => (found === '?' ? `$${++nth}` : found))
}

test('every fixed raw text fits the tables as they are: PostgreSQL prepares it', async () => {
  const wrong: string[] = []
  for (const [nth, { path, text }] of raw.filter(isFixed).entries())
    await portal.sql(`prepare raw_${nth} as ${prepared(text)}`).catch((error: Error) => {
      wrong.push(`${path}: ${error.message}: ${text.trim().replace(/\s+/g, ' ').slice(0, 120)}`)
    })
  expect(wrong).toEqual([])
})

/**
 * Statements are typed (`src/platform/db/README.md`). Whoever makes one of these fewer lowers the number; nobody raises
 * it.
 */
const most = { fixed: 0, pasted: 0, pieces: 6 }

/**
 * What no builder says: the catalogue, COPY, roles and databases, locks and settings of a session, on connections that
 * somebody opens for themselves. Each says so beside it, and is prepared above like any other.
 */
const stays = /^src\/(platform\/(db|backup)\/|platform\/sessions\/sessions\.ts|backup\.ts|key-uses\.ts|services\.ts)/
const left = raw.filter(({ path }) => !stays.test(path))

test('raw texts become fewer and never more', () => {
  const counts = {
    fixed: left.filter(isFixed).length,
    pasted: left.length - left.filter(isFixed).length,
    pieces: pieces.length,
  }
  for (const kind of ['fixed', 'pasted', 'pieces'] as const)
    expect(counts[kind], `${kind}: ${JSON.stringify(counts)}`).toBeLessThanOrEqual(most[kind])
})
