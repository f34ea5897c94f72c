import { page, see, type Answer, type FieldErrors, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { killOneTime, openHeld, sealHeld } from '../../tenancy/links.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { checkSentCode, nextCodeTo, numberOf, savePhone, sendCodeTo, unsentError } from '../factors/index.ts'
import { phoneRead } from '../onboarding/index.ts'
import { act, onlyHere } from './act.ts'
import { mayRemove, offered, ownFacts } from './own.ts'
import { removalState, takeAway } from './removal.ts'

const purpose = 'phoneCode'
export interface PhoneForm {
  phone: string
  code: string
  act: string
}

/** The number a code was sent to and that is not confirmed yet. */
async function pendingNumber(visit: PersonVisit): Promise<string | null> {
  const row = await visit.one<{ id: string; held: string }>(
    `select id, held from one_time where account_id = ? and purpose = ? and held is not null and used_at is null and dead_at is null and expires_at > ?`,
    [visit.person.id, purpose, visit.at],
  )
  return row && openHeld(visit, row.id, row.held)
}

/** The number, or, when a code is on its way, the code. @throws Refusal 404 where the firm sends no SMS */
export async function phonePage(visit: PersonVisit, phone = ''): Promise<Page> {
  if (!offered(visit.choices).phone) throw notFound()
  const pending = await pendingNumber(visit)
  if (pending)
    return page('profile/phone-code', {
      lastTwo: pending.slice(-2),
      lifetime: visit.policy.codes.lifetime,
      next: await nextCodeTo(visit, visit.person, purpose, pending),
    })
  const number = await numberOf(visit, visit.person.id)
  const { factors } = await ownFacts(visit)
  return page('profile/phone', {
    lastTwo: number?.slice(-2) ?? null,
    removable: mayRemove(visit, factors, 'phone'),
    values: { phone },
  })
}

/** Sends a code to a number that is to be the new one, and remembers which. @returns what is wrong, or null */
async function sendTo(visit: PersonVisit, number: string, field: 'phone' | 'code'): Promise<FieldErrors | null> {
  const unsent = await sendCodeTo(visit, visit.person, purpose, number)
  if (unsent) return { [field]: unsentError(unsent) }
  const row = await visit.one<{ id: string }>(
    'select id from one_time where account_id = ? and purpose = ? and used_at is null and dead_at is null',
    [visit.person.id, purpose],
  )
  if (row) await visit.query('update one_time set held = ? where id = ?', [sealHeld(visit, row.id, number), row.id])
  return null
}

async function askCode(visit: PersonVisit, typed: string): Promise<FieldErrors | null> {
  const read = phoneRead(visit, { phone: typed })
  if ('errors' in read) return read.errors
  if (read.number === (await numberOf(visit, visit.person.id))) return { phone: { key: 'profile.phone.same' } }
  return sendTo(visit, read.number, 'phone')
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
  if (!offered(visit.choices).phone) throw notFound()
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
    return sendTo(inner, pending, 'code')
  })
  // The code was right: nothing waits any more.
  return answer.kind === 'see' && form.code && !(await pendingNumber(visit)) ? see('/profile') : answer
}

/** The check page before the number goes: what follows, or why it cannot be. @throws Refusal 404 for who has none */
export async function phoneRemovalPage(visit: PersonVisit): Promise<Page> {
  const number = await numberOf(visit, visit.person.id)
  if (!number) throw notFound()
  return page('profile/phone-remove', { lastTwo: number.slice(-2), ...(await removalState(visit, 'phone', 0)) })
}

/** Takes the number away, unless that would leave somebody without the second step their firm asks. */
export const takePhoneAway = (visit: PersonVisit): Promise<Answer> =>
  takeAway(visit, {
    what: 'phone',
    to: '/profile',
    done: 'profile.done.phoneRemoved',
    notice: 'phoneRemoved',
    line: 'phone.removed',
    shown: phoneRemovalPage,
    others: async (inner) => ((await numberOf(inner, inner.person.id)) ? 0 : null),
    take: (inner) =>
      inner.query('update phone set removed_at = ? where account_id = ? and removed_at is null', [
        inner.at,
        inner.person.id,
      ]),
  })
