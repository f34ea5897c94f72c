import { page, see, type Answer, type FieldErrors, type Page } from '../../platform/answer.ts'
import { killOneTime, openHeld, sealHeld } from '../../tenancy/links.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { checkSentCode, numberOf, savePhone, sendCodeTo } from '../factors/index.ts'
import { phoneRead } from '../onboarding/index.ts'
import { act, onlyHere } from './act.ts'
import { mayRemove, ownFacts } from './own.ts'

const purpose = 'phoneCode'
export interface PhoneForm { phone: string; code: string; act: string }

/** The number a code was sent to and that is not confirmed yet. */
async function pendingNumber(visit: PersonVisit): Promise<string | null> {
  const row = await visit.one<{ id: string; held: string }>(
    `select id, held from one_time where account_id = ? and purpose = ? and held is not null and used_at is null and dead_at is null and expires_at > ?`,
    [visit.person.id, purpose, visit.at])
  return row && openHeld(visit, row.id, row.held)
}

/** The number, or, when a code is on its way, the code. */
export async function phonePage(visit: PersonVisit, phone = ''): Promise<Page> {
  const pending = await pendingNumber(visit)
  if (pending) return page('profile/phone-code', { lastTwo: pending.slice(-2), lifetime: visit.policy.codes.lifetime })
  const number = await numberOf(visit, visit.person.id)
  const { factors } = await ownFacts(visit)
  return page('profile/phone', { lastTwo: number?.slice(-2) ?? null, removable: mayRemove(visit, factors, 'phone'), values: { phone } })
}

/** Sends a code to a number that is to be the new one, and remembers which. @returns what is wrong, or null */
async function sendTo(visit: PersonVisit, number: string, tooSoon: (seconds: number) => FieldErrors): Promise<FieldErrors | null> {
  const wait = await sendCodeTo(visit, visit.person, purpose, number)
  if (wait > 0) return tooSoon(wait)
  const row = await visit.one<{ id: string }>('select id from one_time where account_id = ? and purpose = ? and used_at is null and dead_at is null', [visit.person.id, purpose])
  if (row) await visit.query('update one_time set held = ? where id = ?', [sealHeld(visit, row.id, number), row.id])
  return null
}

async function askCode(visit: PersonVisit, typed: string): Promise<FieldErrors | null> {
  const read = phoneRead({ phone: typed })
  if ('errors' in read) return read.errors
  if (read.number === await numberOf(visit, visit.person.id)) return { phone: { key: 'profile.phone.same' } }
  return sendTo(visit, read.number, (seconds) => ({ phone: { key: 'onboarding.phone.wait', params: { seconds } } }))
}

/** The right code makes the number count; the one before is put away. */
async function confirm(visit: PersonVisit, number: string, typed: string): Promise<FieldErrors | null> {
  const verdict = await checkSentCode(visit, { accountId: visit.person.id, purpose, target: number }, typed)
  if (!verdict.ok) return { code: verdict.error }
  await savePhone(visit, visit.person.id, number)
  await onlyHere(visit)
  await sendNotice(visit, visit.person, 'phoneChanged')
  await audit(visit, 'phone.confirmed')
  visit.browser.keep('notice', 'profile.done.phone')
  return null
}

/** One form after the other at one address: the number, then the code that was sent to it. */
export async function changePhone(visit: PersonVisit, form: PhoneForm): Promise<Answer> {
  const shown = (inner: PersonVisit) => phonePage(inner, form.phone)
  const answer = await act(visit, { to: '/profile/phone', shown }, async (inner) => {
    const pending = await pendingNumber(inner)
    if (form.act === 'change') {
      await killOneTime(inner, inner.person.id, purpose)
      return null
    }
    if (!pending) return form.act === 'resend' || form.code ? null : askCode(inner, form.phone)
    if (form.act !== 'resend') return confirm(inner, pending, form.code)
    inner.browser.keep('notice', 'onboarding.code.sent')
    return sendTo(inner, pending, (seconds) => ({ code: { key: 'onboarding.code.wait', params: { seconds } } }))
  })
  // The code was right: nothing waits any more.
  return answer.kind === 'see' && form.code && !await pendingNumber(visit) ? see('/profile') : answer
}
