import { page, see, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { hold, killOneTime, livingOf, openHeld, sealHeld } from '../../identity/tokens/index.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import { phoneRead } from '../../identity/accounts/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import {
  checkSentCode,
  factors as everyKind,
  nextCodeTo,
  numberOf,
  phones,
  savePhone,
  sendCodeTo,
  unsentError,
  phoneActions,
} from '../../identity/factors/index.ts'
import { act, onlyHere } from './act.ts'
import { mayRemove, offered, ownFacts } from './own.ts'
import { removalState, takeAway } from './removal.ts'
import { phoneCodeView, phoneRemoveView, phoneView } from './views.ts'

const purpose = 'phoneCode'
export interface PhoneForm {
  phone: string
  code: string
  act: string
}

/** The number a code was sent to and that is not confirmed yet. */
async function pendingNumber(context: PersonContext): Promise<string | null> {
  const row = await livingOf(context, { accountId: context.person.id, purpose })
  return row?.held ? openHeld(context, row.id, row.held) : null
}

/** The number, or, when a code is on its way, the code. @throws Refusal 404 where the firm sends no SMS */
export async function phonePage(context: PersonContext, phone = ''): Promise<Page> {
  if (!offered(context.choices).phone) throw notFound()
  const pending = await pendingNumber(context)
  if (pending)
    return page(phoneCodeView, {
      lastTwo: pending.slice(-2),
      lifetime: context.policy.codes.lifetime,
      next: await nextCodeTo(context, context.person, purpose, pending),
    })
  const number = await numberOf(context, context.person.id)
  const { factors } = await ownFacts(context)
  return page(phoneView, {
    lastTwo: number?.slice(-2) ?? null,
    removable: mayRemove(context, factors, everyKind.sms),
    values: { phone },
  })
}

/** Sends a code to a number that is to be the new one, and remembers which. @returns what is wrong, or null */
async function sendTo(context: PersonContext, number: string, field: 'phone' | 'code'): Promise<FieldErrors | null> {
  const unsent = await sendCodeTo(context, context.person, purpose, number)
  if (unsent) return { [field]: unsentError(unsent) }
  const row = await livingOf(context, { accountId: context.person.id, purpose })
  if (row) await hold(context, row.id, { held: sealHeld(context, row.id, number) })
  return null
}

async function askCode(context: PersonContext, typed: string): Promise<FieldErrors | null> {
  const read = phoneRead(context, typed)
  if ('errors' in read) return read.errors
  if (read.number === (await numberOf(context, context.person.id))) return { phone: { key: 'profile.phone.same' } }
  return sendTo(context, read.number, 'phone')
}

/** The right code makes the number count; the one before is put away. */
async function confirm(context: PersonContext, number: string, typed: string): Promise<FieldErrors | null> {
  const verdict = await checkSentCode(context, { accountId: context.person.id, purpose, target: number }, typed)
  if (!verdict.ok) return { code: verdict.error }
  await savePhone(context, context.person.id, number)
  await onlyHere(context)
  await sendNotice(context, context.person, 'phoneChanged')
  await record(context, phoneActions.confirmed)
  context.browser.flash('profile.done.phone')
  return null
}

/** One form after the other at one address: the number, then the code that was sent to it. */
export async function changePhone(context: PersonContext, form: PhoneForm): Promise<Answer> {
  if (!offered(context.choices).phone) throw notFound()
  const shown = (inner: PersonContext) => phonePage(inner, form.phone)
  const answer = await act(context, { to: '/profile/phone', shown }, async (inner) => {
    const pending = await pendingNumber(inner)
    if (form.act === 'change') {
      await killOneTime(inner, inner.person.id, purpose)
      return null
    }
    if (!pending) return form.act === 'resend' || form.code ? null : askCode(inner, form.phone)
    if (form.act !== 'resend') return confirm(inner, pending, form.code)
    inner.browser.flash('onboarding.code.sent')
    return sendTo(inner, pending, 'code')
  })
  // The code was right: nothing waits any more.
  return answer.kind === 'see' && form.code && !(await pendingNumber(context)) ? see('/profile') : answer
}

/** The check page before the number goes: what follows, or why it cannot be. @throws Refusal 404 for who has none */
export async function phoneRemovalPage(context: PersonContext): Promise<Page> {
  const number = await numberOf(context, context.person.id)
  if (!number) throw notFound()
  return page(phoneRemoveView, { lastTwo: number.slice(-2), ...(await removalState(context, everyKind.sms, 0)) })
}

/** Takes the number away, unless that would leave somebody without the second step their firm asks. */
export const takePhoneAway = (context: PersonContext): Promise<Answer> =>
  takeAway(context, {
    what: everyKind.sms,
    to: '/profile',
    done: 'profile.done.phoneRemoved',
    notice: 'phoneRemoved',
    action: phoneActions.removed,
    shown: phoneRemovalPage,
    others: async (inner) => ((await numberOf(inner, inner.person.id)) ? 0 : null),
    take: (inner) => phones.remove(inner, inner.person.id),
  })
