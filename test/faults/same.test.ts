import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { httpPerson } from '../support/http.ts'
import { invitedTo, somebody } from '../support/somebody.ts'
import { line, type Line } from './line.ts'

let portal: TestPortal
let between: Line
let hashes = 0
beforeAll(async () => {
  portal = await openTestPortal({
    through: async (url) => (between = await line({ host: '127.0.0.1', port: Number(url.port) })).port,
  })
  // What is read a moment after an act, to anchor the log, is no part of any answer.
  Object.assign(portal.services, { logged: () => {} })
  // The installation's own hasher, with a tally.
  const { hasher } = portal.services
  Object.assign(portal.services, {
    hasher: {
      ...hasher,
      verifyPassword: (hash: string | null, typed: string) => {
        hashes++
        return hasher.verifyPassword(hash, typed)
      },
    },
  })
})
afterAll(async () => {
  await portal.close()
  between.close()
})

/** What is new in every answer, and what was typed. */
const bare = (text: string, typed: string) =>
  text
    .replaceAll(typed, 'X')
    .replace(/name="(_csrf|nonce)" value="[^"]*"/g, '')
    .replace(/(&quot;challenge&quot;:&quot;)[\w-]+/g, '$1')
/**
 * A statement without what it is about; where a name or an address signs in, what was typed decides which of the two is
 * looked up.
 */
const shape = (statement: string) =>
  statement
    .replace(/where "(email|username)_lookup"/, 'where lookup')
    .replace(/'[^']*'/g, '?')
    .replace(/\s+/g, ' ')
    .replace(/, null,/g, ', ?,')

interface Seen {
  status: number
  location: unknown
  bytes: string
  mails: number
  statements: string[]
  hashes: number
  ms: number
}

/**
 * One form with a name in it, from a browser of its own, and all that can be seen of it from outside and from below.
 */
async function asks(slug: string, at: string, identifier: string, password?: string): Promise<Seen> {
  const person = httpPerson(portal, slug)
  await person.go(at)
  await person.fill({ identifier, ...(password && { password }) })
  const { action, fields } = person.form()
  const body = new URLSearchParams(fields).toString()
  const sent = async () => (await portal.sql('select from outbox_message')).length
  const before = await sent()
  hashes = 0
  between.listen()
  const began = performance.now()
  const { status, headers, text } = await person.ask(action, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  const ms = performance.now() - began
  return {
    status,
    location: headers.location,
    bytes: bare(text, identifier),
    ms,
    hashes,
    statements: between.statements.map(shape),
    mails: (await sent()) - before,
  }
}

/** Everybody the answer may not tell apart: known, not there, blocked, invited and never active. */
async function everybody(slug: string): Promise<Record<string, string>> {
  const [known, blocked, invited] = [
    await somebody(portal, slug),
    await somebody(portal, slug),
    await invitedTo(portal, slug),
  ]
  await portal.sql('update account set blocked_at = $1 where id = $2', [
    portal.services.clock.now().toString(),
    blocked.id,
  ])
  const by = portal.tenant(slug).policy.signIn.identifier
  const byName = by === 'username'
  const either: Record<string, string> =
    by === 'both' ? { knownByName: known.username, unknownByName: 'niemand.hier' } : {}
  return {
    ...either,
    known: known.identifier,
    unknown: byName ? 'niemand.hier' : 'niemand-hier@proef.example',
    blocked: blocked.identifier,
    invited: byName ? (invited.username ?? invited.email) : invited.email,
  }
}

const median = (all: number[]) => all.toSorted((one, other) => one - other)[Math.floor(all.length / 2)]!

/** Asks in turn for everybody, so that what else the machine does falls on all alike. */
async function inTurn(rounds: number, slug: string, at: string, password?: string): Promise<Record<string, Seen[]>> {
  const seen: Record<string, Seen[]> = {}
  const names = await everybody(slug)
  // What making these people put in the outbox has gone before anything is counted.
  await portal.outbox(slug)
  for (let round = 0; round < rounds; round++) {
    for (const [who, name] of Object.entries(names)) (seen[who] ??= []).push(await asks(slug, at, name, password))
    portal.forward('PT61M')
  }
  const times = Object.entries(seen).map(
    ([who, all]) =>
      `${who} ${(median(all.map(({ ms }) => ms)) / median(seen.unknown!.map(({ ms }) => ms))).toFixed(2)}`,
  )
  process.stdout.write(`${slug} ${at}, time against somebody who is not there: ${times.join(', ')}\n`)
  return seen
}
const same = (seen: Record<string, Seen[]>, what: (each: Seen) => unknown) => {
  const first = what(seen.unknown![0]!)
  for (const [who, all] of Object.entries(seen)) for (const each of all) expect(what(each), who).toEqual(first)
}

test.each(['kring', 'vandam'])(
  '%s, signing in: wrong, unknown, blocked and never active are one answer and the same work',
  async (slug) => {
    const seen = await inTurn(3, slug, '/sign-in', 'dit is het niet geweest')
    same(seen, ({ status, location, bytes }) => ({ status, location, bytes }))
    same(seen, ({ statements, hashes: tally }) => ({ statements, tally }))
    expect(seen.unknown![0]).toMatchObject({ status: 422, hashes: 1, mails: 0 })
    expect(
      Object.values(seen)
        .flat()
        .filter(({ mails }) => mails),
    ).toEqual([])
  },
)

test.each([
  ['/recovery', ['known', 'invited']],
  ['/activation/new', ['invited']],
])('%s: one answer for everybody, and a mail only for who can use it', async (at, gets) => {
  const seen = await inTurn(2, 'kring', at)
  same(seen, ({ status, location, bytes }) => ({ status, location, bytes }))
  expect(seen.unknown![0]).toMatchObject({ status: 303 })
  expect(Object.keys(seen).filter((who) => seen[who]!.some(({ mails }) => mails))).toEqual(gets)
})

test('a link nobody was sent, one of another firm and one for something else are the same unknown link, whatever module it is in', async () => {
  const client = await invitedTo(portal, 'loonhuis')
  const foreign = new URL(await client.link()).pathname.split('/').at(-1)!
  const elsewhere = new URL(await (await invitedTo(portal, 'kring')).link()).pathname.split('/').at(-1)!
  for (const at of ['/recovery', '/recovery/cancel', '/profile/email', '/profile/not-me', '/activation']) {
    const answers = await Promise.all(
      ['nooit-gemaakt', foreign, ...(at === '/activation' ? [] : [elsewhere])].map(async (token) => {
        const person = httpPerson(portal, 'kring')
        const shown = await person.ask(`${at}/${token}`)
        return [shown.status, bare(shown.text, token)]
      }),
    )
    for (const answer of answers) expect(answer, at).toEqual(answers[0])
    expect(answers[0]![0]).toBe(404)
  }
})
