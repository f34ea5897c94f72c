import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { spend } from '../../identity/tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { readEmail } from '../../identity/accounts/index.ts'
import { request } from './requests.ts'
import { openReset, waiting, type Reset } from './reset.ts'
import { noneView, waitingView } from './views.ts'
import { gonePage } from './walk.ts'

const nothingLeft = (reset: Reset) => reset.place === 'code' || reset.place === 'stuck'

const nonePage = ({ token, choices: { recovery } }: Reset, email = ''): Page =>
  page(noneView, {
    action: `/recovery/${token}/none`,
    back: `/recovery/${token}`,
    phone: recovery.phone,
    delay: recovery.also === 'oldPhoneOrDelay' ? recovery.delay : null,
    values: { email },
  })

/** "I have none of these any more": what is going to happen then. */
export async function showNone(context: Context, token: string): Promise<Answer> {
  const reset = await openReset(context, token)
  if ('gone' in reset) return gonePage(reset)
  return nothingLeft(reset) ? nonePage(reset) : see(`/recovery/${token}`)
}

/** Asks for it, with the mail address typed as the link cannot do by itself; the link is spent. */
export async function askNone(context: Context, token: string, email: string): Promise<Answer> {
  return context.transaction(async (inner) => {
    const reset = await openReset(inner, token, { lock: true })
    if ('gone' in reset) return reset.gone === 'used' ? see('/recovery/waiting') : gonePage(reset)
    if (!nothingLeft(reset)) return see(`/recovery/${token}`)
    const read = readEmail(email)
    if (!read.ok) return again(nonePage(reset, email), { email: { key: read.key } })
    if (read.lookup !== reset.account.emailLookup)
      return again(nonePage(reset, email), { email: { key: 'recovery.email.wrong' } })
    const fresh = waiting(reset)
    if (await spend(inner, reset.linkId)) await request(inner, reset.account, fresh)
    return see(
      reset.choices.recovery.also === inner.policy.recovery.also ? '/recovery/waiting' : '/recovery/waiting?by=people',
    )
  })
}

/** What happens now. @param byPeople only people of the firm let them in, also where a client's wait ends by itself */
export const waitingPage = ({ policy: { recovery } }: Context, byPeople: boolean): Page =>
  page(waitingView, {
    phone: recovery.phone && !byPeople,
    delay: recovery.also === 'oldPhoneOrDelay' && !byPeople ? recovery.delay : null,
  })
