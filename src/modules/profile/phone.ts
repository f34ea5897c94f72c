import { page, see, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { phoneRead } from '../../identity/accounts/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import {
  answerNumber,
  askNumber,
  enrolPhone,
  isWaiting,
  numberAsked,
  numberOf,
  numberWithCode,
  phoneActions,
  phoneNotices,
  phones,
  sms,
  type NumberWaiting,
} from '../../identity/factors/index.ts'
import { act, onlyHere } from './act.ts'
import { lets, mayRemove, ownFacts } from './own.ts'
import { removalState, takeAway } from './removal.ts'
import { phoneCodeView, phoneRemoveView, phoneView } from './views.ts'

export interface PhoneForm {
  phone: string
  code: string
  act: string
}

/** The number, or, when a code is on its way, the code. @throws Refusal 404 where the firm sends no SMS */
export async function phonePage(context: PersonContext, phone = ''): Promise<Page> {
  if (!lets(context.choices, sms)) throw notFound()
  const { number: waiting } = await numberWithCode(context, context.person)
  if (waiting) return page(phoneCodeView, await numberAsked(context, context.person, waiting))
  const number = await numberOf(context, context.person.id)
  const { factors } = await ownFacts(context)
  return page(phoneView, {
    lastTwo: number?.slice(-2) ?? null,
    removable: mayRemove(context, factors, sms),
    values: { phone },
  })
}

/** A number that is to be the new one. @returns what is wrong, or null */
async function askNew(context: PersonContext, waiting: NumberWaiting, typed: string): Promise<FieldErrors | null> {
  const read = phoneRead(context, typed)
  if ('errors' in read) return read.errors
  if (read.number === (await numberOf(context, context.person.id))) return { phone: { key: 'profile.phone.same' } }
  return askNumber(context, context.person, waiting, read.number)
}

/** The page that asks for the code: the right one makes the number count. @returns what is wrong, or null */
async function answerCode(
  context: PersonContext,
  waiting: NumberWaiting & { number: string },
  form: PhoneForm,
): Promise<FieldErrors | null> {
  const answer = await answerNumber(context, context.person, waiting, form)
  if (answer.outcome === 'wrong') return answer.errors
  if (answer.outcome === 'sent') context.browser.flash(answer.notice)
  if (answer.outcome !== 'right') return null
  await enrolPhone(context, context.person, waiting.number)
  await onlyHere(context)
  context.browser.flash('profile.done.phone')
  return null
}

/** One form after the other at one address: the number, then the code that was sent to it. */
export async function changePhone(context: PersonContext, form: PhoneForm): Promise<Answer> {
  if (!lets(context.choices, sms)) throw notFound()
  const shown = (inner: PersonContext) => phonePage(inner, form.phone)
  const answer = await act(context, { to: '/profile/phone', shown }, async (inner) => {
    const waiting = await numberWithCode(inner, inner.person)
    if (isWaiting(waiting)) return answerCode(inner, waiting, form)
    return form.act || form.code ? null : askNew(inner, waiting, form.phone)
  })
  if (answer.kind !== 'see' || !form.code) return answer
  // The code was right: nothing waits any more.
  return (await numberWithCode(context, context.person)).number ? answer : see('/profile')
}

/** The check page before the number goes: what follows, or why it cannot be. @throws Refusal 404 for who has none */
export async function phoneRemovalPage(context: PersonContext): Promise<Page> {
  const number = await numberOf(context, context.person.id)
  if (!number) throw notFound()
  return page(phoneRemoveView, { lastTwo: number.slice(-2), ...(await removalState(context, sms, 0)) })
}

/** Takes the number away, unless that would leave somebody without the second step their firm asks. */
export const takePhoneAway = (context: PersonContext): Promise<Answer> =>
  takeAway(context, {
    what: sms,
    to: '/profile',
    done: 'profile.done.phoneRemoved',
    notice: phoneNotices.removed,
    action: phoneActions.removed,
    shown: phoneRemovalPage,
    others: async (inner) => ((await numberOf(inner, inner.person.id)) ? 0 : null),
    take: (inner) => phones.remove(inner, inner.person.id),
  })
