import { randomInt } from 'node:crypto'
import type { NotSent, Purpose } from '../../tokens/index.ts'
import { sendNotice } from '../../notices/index.ts'
import type { Context } from '../../../tenancy/context.ts'
import { earliest, longAfter } from '../../../tenancy/work-due.ts'
import { record, wasLogged } from '../../audit/index.ts'
import { lockAccount, recipientOf } from '../../accounts/index.ts'
import type { Owner } from '../factor.ts'
import { deviceHere, devicesElsewhere, renewHere, type DeviceHere } from './devices.ts'
import { wake } from './push.ts'
import {
  answerBefore,
  askedOf,
  askedWithoutYes,
  endUnanswered,
  forgetQuestions,
  giveAnswer,
  insertQuestion,
  newestAsked,
  newestQuestions,
  nextExpiry,
  oldestAsked,
  openFor,
  useYes,
  waitsForAnswer,
  type AskedBy,
} from './questions-store.ts'
import { useDevice } from './store.ts'
import { devicePromptActions } from './audit-actions.ts'
import { devicePromptNotices } from './notices.ts'

export { endQuestions } from './questions-store.ts'

/** How long a question can be answered, and then how long the yes can be used. */
export const lives = 'PT2M'
/** Questions somebody may get that they did not say yes to: whoever knows a password does not get to nag. */
const limits = [
  { most: 3, within: 'PT15M' },
  { most: 10, within: 'P1D' },
]
/** After so many questions in a row without an answer somebody is told. */
const unansweredInARow = 3
const askedFrom = 10
const askedTo = 100

/** Where the question of this browser stands; `none`: it asked none. The number only as long as the answer is of use. */
export type PromptState = 'waiting' | 'approved' | 'refused' | 'expired' | 'none'
export interface Asked {
  state: PromptState
  number: number | null
  until: Date | null
}

const end = (context: Context, after: string, from: Date) =>
  from.getTime() +
  Temporal.Duration.from(after).total({ unit: 'milliseconds', relativeTo: '2026-01-01T00:00Z[UTC]' }) -
  context.at.getTime()

/** How many seconds until another question may be asked; 0 is now. Counted from the questions themselves; one that got a yes does not count. */
async function waitToAsk(context: Context, accountId: string): Promise<number> {
  const asked = await askedWithoutYes(context, accountId, context.ago('P1D'), 10)
  const waits = limits.map(({ most, within }) => {
    const oldest = asked[most - 1]
    return oldest ? end(context, within, oldest) : 0
  })
  return Math.max(0, Math.ceil(Math.max(...waits) / 1000))
}

/** Why no question can be asked now; null when it can. Changes nothing. */
export async function whyNot(
  context: Context,
  { id: accountId, hadAt }: Pick<Owner, 'id' | 'hadAt'>,
): Promise<NotSent | null> {
  if (!(await devicesElsewhere(context, accountId, hadAt)).length) return { reason: 'alone', seconds: 0 }
  const seconds = await waitToAsk(context, accountId)
  return seconds > 0 ? { reason: 'asked', seconds } : null
}

/** Three numbers, the right one among them, in any order. */
function choicesWith(number: number): number[] {
  const choices = [number]
  while (choices.length < 3) {
    const other = randomInt(askedFrom, askedTo)
    if (!choices.includes(other)) choices.splice(randomInt(choices.length + 1), 0, other)
  }
  return choices
}

/**
 * Asks the devices of somebody whether it is them, in the caller's transaction: the newest question is the only one that
 * can be answered, and its yes serves this browser's session, for this purpose, once.
 * @returns why none was asked; else null
 */
export async function ask(context: Context, owner: Owner, purpose: Purpose): Promise<NotSent | null> {
  await lockAccount(context, owner.id)
  const no = await whyNot(context, owner)
  if (no) return no
  await endUnanswered(context, owner.id)
  const number = randomInt(askedFrom, askedTo)
  const until = context.from(lives)
  await insertQuestion(context, {
    account_id: owner.id,
    asker_id: (await deviceHere(context, owner.id))?.id ?? null,
    purpose,
    holder: context.browser.digest,
    number,
    choices: choicesWith(number).join(','),
    browser: context.facts.agent,
    network: context.network,
    expires_at: until,
  })
  await record(context, devicePromptActions.asked, { actor: owner.id, detail: { purpose } })
  await wake(context, owner, await devicesElsewhere(context, owner.id, owner.hadAt), until)
  return null
}

type Newest = NonNullable<Awaited<ReturnType<typeof newestAsked>>>

function stateOf(context: Context, row: Newest): PromptState {
  if (row.used_at) return 'none'
  if (row.approved === false) return 'refused'
  if (row.approved)
    return row.stands && end(context, lives, row.answered_at ?? row.expires_at) > 0 ? 'approved' : 'expired'
  return row.expires_at > context.at ? 'waiting' : 'expired'
}

const byThis = (context: Context, owner: AskedBy['owner'], purpose: Purpose): AskedBy => ({
  owner,
  purpose,
  holder: context.browser.digest,
})

/** Where the question stands that this browser's session asked for this purpose. Changes nothing. */
export async function asked(context: Context, owner: Pick<Owner, 'id' | 'hadAt'>, purpose: Purpose): Promise<Asked> {
  const row = await newestAsked(context, byThis(context, owner, purpose))
  const state = row ? stateOf(context, row) : 'none'
  const open = state === 'waiting' || state === 'approved'
  return { state, number: row && open ? row.number : null, until: row && open ? row.expires_at : null }
}

/** Whether a question of this browser's session, whatever for, still waits for its answer: for the page that looks every two seconds. */
export const stillWaits = (context: Context): Promise<boolean> => waitsForAnswer(context, context.browser.digest)

/** Uses the yes up, once, and only while the device that gave it is still one, and was one by then. */
export const takeYes = (context: Context, owner: Pick<Owner, 'id' | 'hadAt'>, purpose: Purpose): Promise<boolean> =>
  useYes(context, byThis(context, owner, purpose), context.ago(lives))

/** A question as an approving device shows it. */
export interface Question {
  id: string
  purpose: Purpose
  choices: string[]
  browser: string
  network: string
  askedAt: Date
  owner: string
  accountId: string
  deviceId: string
}

/** The question that waits for these devices; null when there is none. */
export async function openQuestion(context: Context, devices: DeviceHere[]): Promise<Question | null> {
  for (const device of devices) {
    const row = await openFor(context, device)
    if (!row) continue
    const { id, choices, browser, network, asked_at: askedAt } = row
    return {
      id,
      purpose: row.purpose as Purpose,
      choices: choices.split(','),
      browser,
      network,
      askedAt,
      owner: device.owner,
      accountId: device.accountId,
      deviceId: device.id,
    }
  }
  return null
}

/**
 * Answers a question, by the device of whose it is: no other account is held. Of many answers at the same moment one
 * counts. Any number but the right one refuses, like saying so.
 * @param number null: it was not me. @returns what came of it; `late` for whoever comes after the end, or was never asked
 */
export async function answerQuestion(
  context: Context,
  devices: DeviceHere[],
  id: string,
  number: string | null,
): Promise<'approved' | 'refused' | 'late'> {
  const owner = await askedOf(context, id)
  const device = devices.find(({ accountId }) => accountId === owner)
  if (!device) return 'late'
  await lockAccount(context, device.accountId)
  const row = await giveAnswer(context, device, {
    id,
    number: number !== null && /^\d{2}$/.test(number) ? Number(number) : null,
  })
  if (!row) return before(context, device, id)
  await useDevice(context, device.id)
  renewHere(context)
  await record(context, devicePromptActions.answered, {
    actor: device.accountId,
    outcome: row.approved ? 'ok' : 'refused',
    detail: { purpose: row.purpose, answer: row.approved ? 'yes' : number ? 'wrong' : 'no' },
  })
  if (!row.approved) await tell(context, device.accountId)
  return row.approved ? 'approved' : 'refused'
}

/** The same form sent twice is told what the first came to. */
async function before(context: Context, device: DeviceHere, id: string): Promise<'approved' | 'refused' | 'late'> {
  const approved = await answerBefore(context, device.id, id)
  return approved === null ? 'late' : approved ? 'approved' : 'refused'
}

/** Tells somebody that others try to get in with their password, at most once an hour. In the caller's transaction. */
async function tell(context: Context, accountId: string): Promise<void> {
  if (!(await lockAccount(context, accountId))) return
  const owner = await recipientOf(context, accountId)
  if (
    !owner ||
    (await wasLogged(context, { subject: accountId, action: devicePromptActions.told, since: context.ago('PT1H') }))
  )
    return
  await sendNotice(context, owner, devicePromptNotices.refused)
  await record(context, devicePromptActions.told, { actor: accountId })
}

/** How far back the limits on questions look, at most. */
const lookedBack = 'P2D'

/** Tells whoever got questions and answered none; forgets the questions no limit looks at any more. Safe to repeat. */
export async function sweepPrompts(context: Context): Promise<Date | null> {
  const asked = Object.values(
    Object.groupBy(await newestQuestions(context, context.ago('PT1H')), ({ account_id: accountId }) => accountId),
  )
  for (const questions of asked) {
    const newest = questions?.slice(0, unansweredInARow) ?? []
    const ignored = newest.every((each) => each.answered_at === null && each.expires_at <= context.at)
    const [one] = newest
    if (one && ignored && newest.length === unansweredInARow)
      await context.transaction((inner) => tell(inner, one.account_id))
  }
  await forgetQuestions(context, context.ago(lookedBack))
  const [oldest, open] = await Promise.all([oldestAsked(context), nextExpiry(context)])
  return earliest(longAfter(context, lookedBack, oldest), open)
}
