import { again, page, see, type Answer, type Page } from '../../platform/answer.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { Account } from '../accounts/index.ts'
import { audit } from '../audit/index.ts'
import {
  addDeviceHere,
  factorFactsSelect,
  findJoin,
  hasSecondStep,
  spendJoin,
  type FactorFacts,
  type JoinLink,
} from '../factors/index.ts'
import { killWaysIn } from '../profile/index.ts'
import { deviceWords, endSessionsBut } from '../sessions/index.ts'

const gonePage = (state: string): Page => page('approve/join-gone', { state }, state === 'unknown' ? 404 : 410)
const joinPage = (token: string): Page => page('approve/join', { action: `/approve/join/${token}` })

/** Opening the link on the other device: shows, and changes nothing. Never who it is for. */
export async function showJoin(visit: Visit, token: string): Promise<Page> {
  const found = await findJoin(visit, token)
  return found.state === 'alive' ? joinPage(token) : gonePage(found.state)
}

/** Adds this browser, for who types the number that stands beside the picture; the link is spent. */
export async function join(visit: Visit, token: string, number: string): Promise<Answer> {
  return visit.transaction(async (inner) => {
    const first = await findJoin(inner, token)
    if (first.state === 'alive') await inner.query('select from account where id = ? for update', [first.accountId])
    const found = await findJoin(inner, token)
    if (found.state !== 'alive') return gonePage(found.state)
    if (!/^\d{2}$/.test(number)) return again(joinPage(token), { number: { key: 'approve.join.shape' } })
    const verdict = await spendJoin(inner, found, number)
    if (verdict === 'closed') return gonePage('closed')
    if (verdict === 'wrong') return again(joinPage(token), { number: { key: 'approve.join.wrong' } })
    await added(inner, found)
    inner.browser.keep('notice', 'approve.join.done')
    return see('/approve')
  })
}

/** All that follows, in the caller's transaction: everywhere it is over, but where the link was asked for. */
async function added(visit: Visit, { accountId, session }: JoinLink & { state: 'alive' }): Promise<void> {
  const owner = await visit.em.findOneOrFail(Account, { id: accountId }, { refresh: true })
  const before = await visit.one<{ factors: FactorFacts }>(
    `select ${factorFactsSelect} as factors from account a where a.id = ?`,
    [accountId],
  )
  const fresh = await addDeviceHere(visit, accountId, deviceWords(visit.t.bind(visit), visit.facts.agent))
  await audit(visit, 'approver.added', { actor: accountId })
  if (!fresh) return
  await killWaysIn(visit, accountId)
  await endSessionsBut(visit, accountId, session)
  await sendNotice(visit, owner, before && hasSecondStep(before.factors) ? 'approverAdded' : 'secondFactorOn')
}
