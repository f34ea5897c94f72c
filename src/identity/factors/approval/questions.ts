import { randomInt } from 'node:crypto'
import type { NotSent, Purpose } from '../../tokens/index.ts'
import { sendNotice } from '../../notices/index.ts'
import type { Context } from '../../../tenancy/context.ts'
import { audit } from '../../audit/index.ts'
import { thereBy, type Owner } from '../factor.ts'
import { deviceHere, devicesElsewhere, renewHere, type DeviceHere } from './devices.ts'
import { wake } from './push.ts'

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
export type ApprovalState = 'waiting' | 'approved' | 'refused' | 'expired' | 'none'
export interface Asked {
  state: ApprovalState
  number: number | null
  until: Date | null
}

const end = (context: Context, after: string, from: string | Date) =>
  new Date(from).getTime() +
  Temporal.Duration.from(after).total({ unit: 'milliseconds', relativeTo: '2026-01-01T00:00Z[UTC]' }) -
  context.at.getTime()

/** How many seconds until another question may be asked; 0 is now. Counted from the questions themselves; one that got a yes does not count. */
async function waitToAsk(context: Context, accountId: string): Promise<number> {
  const asked = await context.query<{ asked_at: string }>(
    'select asked_at from approval where account_id = ? and approved is not true and asked_at > ? order by asked_at desc limit 10',
    [accountId, context.ago('P1D')],
  )
  const waits = limits.map(({ most, within }) => {
    const oldest = asked[most - 1]
    return oldest ? end(context, within, oldest.asked_at) : 0
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
  await context.query('select from account where id = ? for no key update', [owner.id])
  const no = await whyNot(context, owner)
  if (no) return no
  await context.query(
    'update approval set expires_at = ? where account_id = ? and answered_at is null and expires_at > ?',
    [context.at, owner.id, context.at],
  )
  const number = randomInt(askedFrom, askedTo)
  const until = context.from(lives)
  await context.query(
    `insert into approval (tenant_id, id, account_id, asker_id, purpose, holder, number, choices, browser, network, asked_at, expires_at) values (?, gen_random_uuid(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      context.tenant.id,
      owner.id,
      (await deviceHere(context, owner.id))?.id ?? null,
      purpose,
      context.browser.digest,
      number,
      choicesWith(number).join(','),
      context.facts.agent,
      context.network,
      context.at,
      until,
    ],
  )
  await audit(context, 'approval.asked', { actor: owner.id, detail: { purpose } })
  await wake(context, owner, await devicesElsewhere(context, owner.id, owner.hadAt), until)
  return null
}

interface Row {
  number: number
  expires_at: string
  answered_at: string | null
  approved: boolean | null
  used_at: string | null
  stands: boolean
}

function stateOf(context: Context, row: Row): ApprovalState {
  if (row.used_at) return 'none'
  if (row.approved === false) return 'refused'
  if (row.approved)
    return row.stands && end(context, lives, row.answered_at ?? row.expires_at) > 0 ? 'approved' : 'expired'
  return new Date(row.expires_at) > context.at ? 'waiting' : 'expired'
}

/** Where the question stands that this browser's session asked for this purpose. Changes nothing. */
export async function asked(
  context: Context,
  { id: accountId, hadAt }: Pick<Owner, 'id' | 'hadAt'>,
  purpose: Purpose,
): Promise<Asked> {
  const row = await context.one<Row>(
    `select number, expires_at, answered_at, approved, used_at, exists (select from approver d where d.id = approver_id and d.removed_at is null and ${thereBy('d.created_at')}) as stands
     from approval where account_id = ? and purpose = ? and holder = ? order by asked_at desc, expires_at desc limit 1`,
    [hadAt ?? null, accountId, purpose, context.browser.digest],
  )
  const state = row ? stateOf(context, row) : 'none'
  const open = state === 'waiting' || state === 'approved'
  return { state, number: row && open ? row.number : null, until: row && open ? new Date(row.expires_at) : null }
}

/** Whether a question of this browser's session, whatever for, still waits for its answer: for the page that looks every two seconds. */
export const stillWaits = async (context: Context): Promise<boolean> =>
  null !==
  (await context.one('select id from approval where holder = ? and answered_at is null and expires_at > ?', [
    context.browser.digest,
    context.at,
  ]))

/** Uses the yes up, once, and only while the device that gave it is still one, and was one by then. */
export async function takeYes(
  context: Context,
  { id: accountId, hadAt }: Pick<Owner, 'id' | 'hadAt'>,
  purpose: Purpose,
): Promise<boolean> {
  return (
    null !==
    (await context.one(
      `update approval set used_at = ? where account_id = ? and purpose = ? and holder = ? and approved and used_at is null and answered_at > ?
       and exists (select from approver d where d.id = approver_id and d.removed_at is null and ${thereBy('d.created_at')}) returning id`,
      [context.at, accountId, purpose, context.browser.digest, context.ago(lives), hadAt ?? null],
    ))
  )
}

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

/** What a device may answer: open, of its own account, and never asked by the very browser it is. */
const answerable = `account_id = ? and answered_at is null and expires_at > ? and asker_id is distinct from ? and holder <> ?`
const answerableBy = (context: Context, device: DeviceHere) => [
  device.accountId,
  context.at,
  device.id,
  context.browser.digest,
]

/** The question that waits for these devices; null when there is none. */
export async function openQuestion(context: Context, devices: DeviceHere[]): Promise<Question | null> {
  for (const device of devices) {
    const row = await context.one<{
      id: string
      purpose: Purpose
      choices: string
      browser: string
      network: string
      asked_at: string
    }>(
      `select id, purpose, choices, browser, network, asked_at from approval where ${answerable} order by asked_at desc limit 1`,
      answerableBy(context, device),
    )
    if (row)
      return {
        ...row,
        choices: row.choices.split(','),
        askedAt: new Date(row.asked_at),
        owner: device.owner,
        accountId: device.accountId,
        deviceId: device.id,
      }
  }
  return null
}

/**
 * Answers a question: of many answers at the same moment one counts. Any number but the right one refuses, like saying so.
 * @param number null: it was not me. @returns what came of it; `late` for whoever comes after the end, or was never asked
 */
export async function answerQuestion(
  context: Context,
  device: DeviceHere,
  id: string,
  number: string | null,
): Promise<'approved' | 'refused' | 'late'> {
  await context.query('select from account where id = ? for no key update', [device.accountId])
  const row = await context.one<{ approved: boolean; purpose: string }>(
    `update approval set answered_at = ?, approver_id = ?, approved = (number::text = ?) where id = ? and ${answerable} returning approved, purpose`,
    [context.at, device.id, number ?? '', id, ...answerableBy(context, device)],
  )
  if (!row) return before(context, device, id)
  await context.query('update approver set used_at = ? where id = ?', [context.at, device.id])
  renewHere(context)
  await audit(context, 'approval.answered', {
    actor: device.accountId,
    outcome: row.approved ? 'ok' : 'refused',
    detail: { purpose: row.purpose, answer: row.approved ? 'yes' : number ? 'wrong' : 'no' },
  })
  if (!row.approved) await tell(context, device.accountId)
  return row.approved ? 'approved' : 'refused'
}

/** The same form sent twice is told what the first came to. */
async function before(context: Context, device: DeviceHere, id: string): Promise<'approved' | 'refused' | 'late'> {
  const row = await context.one<{ approved: boolean }>(
    'select approved from approval where id = ? and approver_id = ? and approved is not null',
    [id, device.id],
  )
  return row ? (row.approved ? 'approved' : 'refused') : 'late'
}

/** Tells somebody that others try to get in with their password, at most once an hour. In the caller's transaction. */
async function tell(context: Context, accountId: string): Promise<void> {
  const owner = await context.one<Owner>(
    'select id, name, email, language from account where id = ? for no key update',
    [accountId],
  )
  if (
    !owner ||
    (await context.one(`select seq from audit_line where subject = ? and action = 'approval.told' and at > ?`, [
      accountId,
      context.ago('PT1H'),
    ]))
  )
    return
  await sendNotice(context, owner, 'approvalRefused')
  await audit(context, 'approval.told', { actor: accountId })
}

/** Ends the questions of an account and what was said to them: how it signs in has changed. */
export async function endQuestions(context: Context, accountId: string): Promise<void> {
  await context.query(
    'update approval set expires_at = least(expires_at, ?), used_at = ? where account_id = ? and used_at is null and approved is not false',
    [context.at, context.at, accountId],
  )
}

/** Tells whoever got questions and answered none; forgets the questions no limit looks at any more. Safe to repeat. */
export async function sweepApprovals(context: Context): Promise<void> {
  const ignored = await context.query<{ account_id: string }>(
    `select account_id from (select account_id, answered_at, expires_at, row_number() over (partition by account_id order by asked_at desc) as nth from approval where asked_at > ?) newest
     where nth <= ? group by account_id having count(*) = ? and bool_and(answered_at is null) and max(expires_at) <= ?`,
    [context.ago('PT1H'), unansweredInARow, unansweredInARow, context.at],
  )
  for (const { account_id: accountId } of ignored) await context.transaction((inner) => tell(inner, accountId))
  await context.query('delete from approval where asked_at <= ?', [context.ago('P2D')])
}
