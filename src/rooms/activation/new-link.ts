import { setTimeout as pause } from 'node:timers/promises'
import { tooMany } from '../../platform/errors.ts'
import type { Limit } from '../../platform/limits.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { accountByEmail, accountByIdentifier, fold, type Account } from '../accounts/index.ts'
import { audit } from '../audit/index.ts'
import { sendInvitation } from './send.ts'

const perNetwork: Limit = { most: 20, within: Temporal.Duration.from('PT1H') }
const perPerson: Limit = { most: 3, within: Temporal.Duration.from('PT1H') }

/** Longer than making a link and a mail takes: the time of the answer does not tell whether there was one. In milliseconds. */
const leastTime = 300

const counted = (visit: Visit, name: string, value: string, limit: Limit) =>
  visit.house.limits.countAttempt(visit.house.blind(name, value), limit, visit.now)

/**
 * Somebody without a session asks for a new link, by e-mail address or user name. The answer is the same for everyone;
 * only who is invited and not active yet gets a mail, and no more than a few.
 * @throws Refusal 429 when one network asks too much
 */
export async function requestNewLink(visit: Visit, text: string): Promise<void> {
  const wait = await counted(visit, 'new link network', visit.network, perNetwork)
  if (wait !== null) throw tooMany(wait)
  await Promise.all([sendIfInvited(visit, text), pause(leastTime)])
}

/** The mail itself, no more than a few for a person: for who is invited and not active yet, and for nobody else. */
export async function sendIfInvited(visit: Visit, text: string): Promise<void> {
  if (await counted(visit, 'new link', `${visit.tenant.id} ${fold(text)}`, perPerson) !== null) return
  const account = await accountByEmail(visit, text) ?? await accountByIdentifier(visit, text)
  if (!account) return
  await visit.transaction(async (inner) => {
    if (!await isInvited(inner, account)) return
    await sendInvitation(inner, account)
    await audit(inner, 'invitation.requested', { actor: account.id })
  })
}

/** Invited, and nothing has closed the invitation since: a withdrawn link, or one that died of wrong birth dates, only staff can replace. */
async function isInvited(visit: Visit, { id }: Account): Promise<boolean> {
  const newest = await visit.one<{ open: boolean }>(
    `select a.activated_at is null and a.blocked_at is null and l.dead_at is null as open
     from account a join one_time l on l.account_id = a.id and l.purpose = 'activation'
     where a.id = ? order by l.created_at desc, l.dead_at is null desc limit 1`, [id])
  return newest?.open ?? false
}
