import { setTimeout as pause } from 'node:timers/promises'
import { again, page, see, type Answer, type Page } from '../../platform/answer.ts'
import { tooMany } from '../../platform/errors.ts'
import type { Limit } from '../../platform/limits.ts'
import { wordsFor } from '../../platform/words.ts'
import { issueLink, killOneTime } from '../../tenancy/links.ts'
import { sendMail } from '../../tenancy/outbox.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { Account, accountByEmail, accountByIdentifier, fold, usernameDetail } from '../accounts/index.ts'
import { sendIfInvited } from '../activation/index.ts'
import { audit } from '../audit/index.ts'
import { endEverywhere } from '../sessions/index.ts'
import { endRecovery } from './save.ts'

const perNetwork: Limit = { most: 20, within: Temporal.Duration.from('PT1H') }
const perPerson: Limit = { most: 3, within: Temporal.Duration.from('PT1H') }

/** Longer than making a link and a mail takes: the time of the answer does not tell whether there was one. In milliseconds. */
const leastTime = 400

const counted = (visit: Visit, name: string, value: string, limit: Limit) =>
  visit.house.limits.countAttempt(visit.house.blind(name, value), limit, visit.now)

/** "Wachtwoord vergeten": asks for the mail. */
export const askPage = ({ policy }: Visit, identifier = ''): Page => page('recovery/index', { by: policy.signIn.identifier, values: { identifier } })

/**
 * Somebody asks for the mail, by what they sign in with or by mail address. The answer is the same for everybody; a
 * mail goes only to who can use it.
 * @throws Refusal 429 when one network asks too much
 */
export async function askReset(visit: Visit, identifier: string): Promise<Answer> {
  if (!identifier) return again(askPage(visit), { identifier: { key: 'recovery.index.empty' } })
  const wait = await counted(visit, 'reset network', visit.network, perNetwork)
  if (wait !== null) throw tooMany(wait)
  await Promise.all([mailWhatFits(visit, identifier), pause(leastTime)])
  return see('/recovery/sent')
}

/** Who has a password, or had one, gets the link; who was invited and has none yet gets the invitation again. */
async function mailWhatFits(visit: Visit, text: string): Promise<void> {
  if (await counted(visit, 'reset', `${visit.tenant.id} ${fold(text)}`, perPerson) !== null) return
  const account = await accountByEmail(visit, text) ?? await accountByIdentifier(visit, text)
  if (!account) return
  if (!account.passwordHash && !account.activatedAt) return sendIfInvited(visit, text)
  await visit.transaction(async (inner) => {
    const owner = await locked(inner, account.id)
    if (owner.blockedAt) return
    await mailReset(inner, owner, 'reset')
    await audit(inner, 'reset.asked', { subject: owner.id })
  })
}

/** The account as it is now, held until the end of the transaction. */
export async function locked(visit: Visit, accountId: string): Promise<Account> {
  await visit.query('select from account where id = ? for update', [accountId])
  return visit.em.findOneOrFail(Account, { id: accountId } as never, { refresh: true })
}

/** Makes a link, which kills the one before, and puts the mail in the outbox. `resetReleased` asks no factor any more. */
export async function mailReset(visit: Visit, account: Account, mail: 'reset' | 'resetStarted' | 'resetReleased'): Promise<void> {
  const released = mail === 'resetReleased'
  const lifetime = visit.policy.links[released ? 'released' : 'reset']
  const token = await issueLink(visit, account.id, released ? 'releasedReset' : 'reset', lifetime)
  const params = { name: account.name, lifetime: wordsFor(account.language, visit.policy.zone).duration(lifetime) }
  await sendMail(visit, account, { purpose: mail, params, details: usernameDetail(visit.policy, account), link: `/recovery/${token}`, notAfter: visit.from(lifetime) })
}

/**
 * Makes the present password worth nothing, ends every session, and mails the link to choose a new one: when somebody
 * else may know it. Who may ask this is the caller's affair; it is done in the caller's transaction, or in its own.
 */
export async function startReset(visit: Visit, accountId: string): Promise<void> {
  await visit.transaction(async (inner) => {
    const account = await locked(inner, accountId)
    await endRecovery(inner, accountId)
    await killOneTime(inner, accountId, 'activation')
    await killOneTime(inner, accountId, 'temporaryPassword')
    await inner.query('update account set password_hash = null where id = ?', [accountId])
    await endEverywhere(inner, accountId)
    await mailReset(inner, account, 'resetStarted')
    await audit(inner, 'reset.started', { subject: accountId, actor: inner.person?.id ?? accountId })
  })
}
