import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { accountOf, lockAccount } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import {
  addDeviceHere,
  factorFactsOf,
  factorNotices,
  findJoin as findLink,
  hasSecondStep,
  spendJoin,
  type JoinLink,
  devicePromptActions,
  devicePromptNotices,
} from '../../identity/factors/index.ts'
import { deviceWords, endSessionsBut, killWaysIn, mayEnrol } from '../../identity/sessions/index.ts'
import type { LinkState } from '../../identity/tokens/index.ts'
import { joinGoneView, joinView } from './views.ts'

const gonePage = (state: Exclude<LinkState['state'], 'alive'> | 'closed'): Page =>
  page(joinGoneView, { state }, state === 'unknown' ? 404 : 410)
const joinPage = (token: string): Page => page(joinView, { action: `/approve/join/${token}` })

/**
 * Looks a link up on the other device. It dies with the session that made it: whoever ends all sessions ends this too.
 * Of who is signed in it works only as long as they may change how they sign in; stepping up again wakes it.
 */
async function findJoin(context: Context, token: string): Promise<JoinLink> {
  const found = await findLink(context, token)
  if (found.state !== 'alive') return found
  const may = await mayEnrol(context, found.session)
  return may ? found : { state: may === null ? 'replaced' : 'expired' }
}

/** Opening the link on the other device: shows, and changes nothing. Never who it is for. */
export async function showJoin(context: Context, token: string): Promise<Page> {
  const found = await findJoin(context, token)
  return found.state === 'alive' ? joinPage(token) : gonePage(found.state)
}

/** Adds this browser, for who types the number that stands beside the picture; the link is spent. */
export async function join(context: Context, token: string, number: string): Promise<Answer> {
  return context.transaction(async (inner) => {
    const first = await findJoin(inner, token)
    if (first.state === 'alive') await lockAccount(inner, first.accountId)
    const found = await findJoin(inner, token)
    if (found.state !== 'alive') return gonePage(found.state)
    if (!/^\d{2}$/.test(number)) return again(joinPage(token), { number: { key: 'device-prompt.join.shape' } })
    const verdict = await spendJoin(inner, found, number)
    if (verdict === 'closed') return gonePage('closed')
    if (verdict === 'wrong') return again(joinPage(token), { number: { key: 'device-prompt.join.wrong' } })
    await added(inner, found)
    inner.browser.flash('device-prompt.join.done')
    return see('/approve')
  })
}

/** All that follows, in the caller's transaction: everywhere it is over, but where the link was asked for. */
async function added(context: Context, { accountId, session }: JoinLink & { state: 'alive' }): Promise<void> {
  const owner = await accountOf(context, accountId)
  const before = await factorFactsOf(context, accountId)
  const fresh = await addDeviceHere(context, accountId, deviceWords(context.t.bind(context), context.facts.agent))
  await record(context, devicePromptActions.added, { actor: accountId })
  if (!fresh) return
  await killWaysIn(context, accountId)
  await endSessionsBut(context, accountId, session)
  await sendNotice(
    context,
    owner,
    before && hasSecondStep(context, before) ? devicePromptNotices.added : factorNotices.on,
  )
}
