import { expect } from 'vitest'
import type { Response } from '../support/http.ts'
import type { TestPortal } from '../support/portal.ts'
import { behind } from '../profile/signed-in.ts'
import type { Act, Held, Ready } from './acts.ts'

/**
 * Sends a form as its browser does, following nothing.
 * @param again as the same form (a double click), or as one shown anew
 */
export function send({ person, sending }: Held, { again = true } = {}): Promise<Response> {
  const fields = sending.fields.map(([name, value]): [string, string] => [
    name,
    name === 'nonce' && !again ? crypto.randomUUID() : value,
  ])
  return person.ask(sending.action, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
}

/** What there is of an act: lines in the log and messages put in the outbox, by name. */
export async function effects(
  portal: TestPortal,
  { lines, mails = {} }: Act,
  { account }: Ready,
): Promise<{ lines: Record<string, number>; mails: Record<string, number> }> {
  const count = async (names: string[], sql: string) => {
    const rows = await portal.sql<{ name: string; n: number }>(sql, [account])
    return Object.fromEntries(names.map((name) => [name, rows.find((row) => row.name === name)?.n ?? 0]))
  }
  return {
    lines: await count(
      Object.keys(lines),
      `select action as name, count(*)::int as n from audit_line where subject = $1 and outcome = 'ok' group by action`,
    ),
    mails: await count(
      Object.keys(mails),
      'select purpose as name, count(*)::int as n from outbox_message where account_id = $1 group by purpose',
    ),
  }
}

/** What there must be of it after once. */
export const once = ({ lines, mails = {} }: Act) => ({ lines, mails })

/** No answer is a fault of ours; 503 is an honest "busy, try again": hashes and connections are bounded on purpose. */
export function allClear(answers: Response[]): void {
  expect(
    answers
      .filter(({ status }) => status >= 500 && status !== 503)
      .map(({ status, text }) => `${status} ${text.slice(0, 200)}`),
  ).toEqual([])
}

/** How many answers lead where the act leads. */
export const led = (answers: Response[], { to }: Act): number =>
  answers.filter(({ status, headers }) => status === 303 && to.test(String(headers.location))).length

/**
 * Does acts on one account under way at the same moment, in this order: each begins when the one before waits for the
 * account, and then it is let go.
 */
export async function queued<T extends unknown[]>(
  portal: TestPortal,
  account: string,
  ...doings: { [K in keyof T]: () => Promise<T[K]> }
): Promise<T> {
  const holds = await behind(portal)
  await holds.query('begin')
  await holds.query('select from account where id = $1 for update', [account])
  const begun: Promise<unknown>[] = []
  for (const doing of doings) {
    begun.push(doing())
    while (
      (await portal.sql(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
        .length < begun.length
    );
  }
  await holds.query('commit')
  await holds.end()
  return Promise.all(begun) as Promise<T>
}
