import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { spend } from '../../identity/tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { identifierOf } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'
import { endSession, knowBrowser } from '../../identity/sessions/index.ts'
import { note, openReset, waiting, type Gone, type Reset } from './reset.ts'
import { saveFresh, type Fresh } from './save.ts'
import { stages, type ResetForm } from './stages.ts'
import { goneView, otherView, stuckView } from './views.ts'
import { recoveryActions } from './audit-actions.ts'

/** The page for a link that opens nothing any more, and says why. Never who it was for. */
export function gonePage({ gone }: Gone): Page {
  return page(goneView, { state: gone }, gone === 'unknown' ? 404 : 410)
}

/** The stage somebody is at. All there and yet not saved happens only when the firm's choices changed meanwhile: the form again. */
const stageOf = ({ place }: Reset) => (place === 'stuck' ? null : stages[place === 'save' ? 'together' : place])

/** The page of what is missing now; the same one when it is shown with a mistake. */
export async function resetPage(reset: Reset, form: Partial<ResetForm> = {}): Promise<Page> {
  const stage = stageOf(reset)
  if (!stage) return page(stuckView, { none: `/recovery/${reset.token}/none` })
  const { place: at, token } = reset
  return stage.show(reset, { at, action: `/recovery/${token}`, values: { phone: form.phone ?? '' } })
}

/** Opening the link: shows, and changes nothing, however often and by whatever program it is opened. */
export async function showReset(context: Context, token: string): Promise<Answer> {
  const reset = await openReset(context, token)
  return 'gone' in reset ? gonePage(reset) : resetPage(reset)
}

/** The form on the link: judged where the person is, and saved as soon as nothing is missing. */
export async function answerReset(
  context: Context,
  token: string,
  { at, ...form }: ResetForm & { at: string },
): Promise<Answer> {
  return context.transaction(async (inner) => {
    const reset = await openReset(inner, token, { lock: true })
    const accountId = 'gone' in reset ? reset.accountId : reset.account.id
    if (accountId && (await answeredBefore(inner, accountId)))
      return 'gone' in reset ? signInNow(inner, null) : see(`/recovery/${token}`)
    if ('gone' in reset) return gonePage(reset)
    if (at && at !== reset.place) return again(await resetPage(reset), { '': { key: 'onboarding.stale' } }, 409)
    return judge(reset, form)
  })
}

async function judge(reset: Reset, form: ResetForm): Promise<Answer> {
  const { context, token, account } = reset
  const judged = (await stageOf(reset)?.answer(reset, form)) ?? {}
  if (judged === 'closed') return gonePage({ gone: 'closed', accountId: account.id })
  if ('fresh' in judged) return save(reset, judged.fresh as Fresh)
  if (Object.keys(judged).length) return again(await resetPage(reset, form), judged)
  await rememberAnswered(context, account.id)
  const now = await openReset(context, token)
  if ('gone' in now || now.place !== 'save') return see(`/recovery/${token}`)
  return save(now, { ...waiting(now)!, lost: now.facts.released })
}

/** Spends the link and saves; of many forms at the same moment one does. */
async function save(reset: Reset, fresh: Fresh): Promise<Answer> {
  const { context, linkId, account } = reset
  if (!(await spend(context, linkId))) return gonePage({ gone: 'used', accountId: account.id })
  await saveFresh(context, account, fresh)
  await rememberAnswered(context, account.id)
  // Link, mailbox and second step were theirs: from here on nobody else's wrong passwords make this browser wait.
  await knowBrowser(context, account.id)
  return signInNow(context, identifierOf(context.policy, account))
}

/** To the sign-in page with good news. Whoever was signed in at this computer is not any more. */
async function signInNow(context: Context, identifier: string | null | undefined): Promise<Answer> {
  await endSession(context)
  context.renewSession()
  if (identifier) context.browser.set('identifier', identifier)
  context.browser.flash('recovery.saved')
  return see('/sign-in')
}

/** The other ways to show who they are, and that there is none left. */
export async function waysPage(context: Context, token: string): Promise<Answer> {
  const reset = await openReset(context, token)
  if ('gone' in reset) return gonePage(reset)
  return reset.place === 'code' ? page(otherView, otherData(reset)) : see(`/recovery/${token}`)
}

const otherData = ({ token, facts }: Reset) => ({
  action: `/recovery/${token}/other`,
  back: `/recovery/${token}`,
  ways: facts.ways,
})

/** Changes to another way; `none` leads to the page that says what can be done then. */
export async function takeWay(context: Context, token: string, wanted: string): Promise<Answer> {
  return context.transaction(async (inner) => {
    const reset = await openReset(inner, token, { lock: true })
    if ('gone' in reset) return gonePage(reset)
    if (reset.place !== 'code') return see(`/recovery/${token}`)
    if (wanted === 'none') return see(`/recovery/${token}/none`)
    const way = reset.facts.ways.find((each) => each === wanted)
    if (!way) return again(page(otherView, otherData(reset)), { way: { key: 'sign-in.other.none' } })
    await note(reset, { way })
    await record(inner, recoveryActions.way, { subject: reset.account.id, detail: { factor: way } })
    return see(`/recovery/${token}`)
  })
}
