import { expect } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { sendNotice } from '../../src/identity/notices/index.ts'
import { passwordNotices } from '../../src/identity/passwords/index.ts'
import { httpPerson, type HttpPerson, type Sending } from '../support/http.ts'
import type { Person } from '../support/person.ts'
import { codeTo, messagesTo, scan } from '../support/phone.ts'
import { enters, givesPassword, invitedTo, nobody, somebody, type Somebody } from '../support/somebody.ts'
import type { TestPortal } from '../support/portal.ts'

/** A form that was filled in and not sent yet, in the browser it was shown in. */
export interface Held {
  person: HttpPerson
  sending: Sending
}
/** Everything ready for an act: whose account it is about, and the forms that do it. */
export interface Ready {
  account: string
  forms: Held[]
}
/** An act that works once: how somebody gets there, and what must be there after it, once. */
export interface Act {
  slug: string
  ready(portal: TestPortal): Promise<Ready>
  /** Where the one who did it is sent. */
  to: RegExp
  /** Lines in the log about the account, with outcome ok. */
  lines: Record<string, number>
  /** Messages put in the outbox for the account, by purpose. */
  mails?: Record<string, number>
}

const fresh = 'Drie#natte regenlaarzen'
const browsers = (portal: TestPortal, slug: string, count: number) =>
  Array.from({ length: count }, () => httpPerson(portal, slug))
const held = (person: HttpPerson, which?: string): Held => ({ person, sending: person.form(which) })

/** The same link opened in three browsers, with the mail address typed in each. */
export async function typedIn(
  portal: TestPortal,
  slug: string,
  link: string,
  fields: Record<string, string>,
): Promise<Held[]> {
  return Promise.all(
    browsers(portal, slug, 3).map(async (person) => {
      await person.go(link)
      await person.fill(fields)
      return held(person)
    }),
  )
}

/** The address below the firm in the newest message of this kind that has one. */
export async function linkIn(
  who: Somebody,
  pattern: RegExp,
  to = who.email,
  kind: 'mail' | 'sms' = 'mail',
): Promise<string> {
  // Mails that go in the same moment come in any order: the one that is meant has the link.
  const texts = (await messagesTo(who.portal, who.slug, to, kind)).map(({ text }) => text)
  const found = texts.flatMap((text) => pattern.exec(text)?.[0] ?? [])[0]
  if (!found) throw new Error(`no ${pattern} in: ${texts[0]}`)
  return found
}

/** Asks for the mail and opens its link. */
export async function opensReset<P extends Person = HttpPerson>(
  who: Somebody,
  person: P = httpPerson(who.portal, who.slug) as Person as P,
): Promise<P> {
  await person.go('/recovery')
  await person.fill({ identifier: who.identifier })
  await person.press()
  await person.go(await linkIn(who, /\/recovery\/[\w-]{30,}/))
  return person
}

/** At the firm where number and password are one form: both typed, the code to the number waiting to be given. */
async function stagesNumber(who: Somebody, phone: string): Promise<HttpPerson> {
  const person = await opensReset(who)
  await person.fill({ password: fresh, repeat: fresh, phone })
  await person.press()
  await person.fill({ code: await codeTo(who.portal, who.slug, phone) })
  return person
}

/** Has nothing left and asks for help; the request waits. */
export async function asksWithout(portal: TestPortal, slug: string): Promise<Somebody> {
  const who = await somebody(portal, slug)
  const both = slug === 'polder'
  const person = both ? await stagesNumber(who, '0612345699') : await opensReset(who)
  if (both) await person.press()
  await person.follow('main a[href$="/none"]')
  await person.fill({ email: who.email })
  await person.press()
  expect(await person.at()).toBe('/recovery/waiting')
  return who
}

/** A changed address, with the link to the new one opened in the browser that asked. */
async function newAddress(portal: TestPortal): Promise<{ who: Somebody; person: HttpPerson }> {
  const who = await somebody(portal, 'kring')
  const person = await enters(who)
  await person.go('/profile/email')
  await person.fill({ email: `nieuw-${who.email}` })
  await person.press()
  await person.go(await linkIn(who, /\/profile\/email\/[\w-]{30,}/, `nieuw-${who.email}`))
  await person.fill({ password })
  return { who, person }
}

/** A page of the profile, at once after signing in. */
async function inProfile(portal: TestPortal, at: string): Promise<{ who: Somebody; person: HttpPerson }> {
  const who = await somebody(portal, 'kring')
  const person = await enters(who)
  await person.go(at)
  return { who, person }
}

/** Everything that works once, from name to how one gets there. */
export const acts: Record<string, Act> = {
  'a sign-in code': {
    slug: 'polder',
    to: /^\/home$/,
    lines: { 'signIn.done': 1, 'signIn.secondStep': 1 },
    async ready(portal) {
      const who = await somebody(portal, 'polder')
      const person = httpPerson(portal, 'polder')
      await givesPassword(person, who)
      await person.fill({ code: await codeTo(portal, 'polder', who.number) })
      return { account: who.id, forms: [held(person)] }
    },
  },
  'an activation form': {
    slug: 'kring',
    to: /^\/onboarding/,
    lines: { 'password.chosen': 1 },
    async ready(portal) {
      const client = await invitedTo(portal, 'kring')
      return {
        account: client.id,
        forms: await typedIn(portal, 'kring', new URL(await client.link()).pathname, {
          password: client.password,
          repeat: client.password,
        }),
      }
    },
  },
  'a reset link': {
    slug: 'kring',
    to: /^\/sign-in$/,
    lines: { 'password.reset': 1 },
    mails: { passwordChanged: 1 },
    async ready(portal) {
      const who = await somebody(portal, 'kring')
      const person = await opensReset(who)
      await person.press('send')
      await person.fill({ code: await codeTo(portal, 'kring', who.number) })
      await person.press()
      await person.fill({ password: fresh, repeat: fresh })
      return { account: who.id, forms: [held(person)] }
    },
  },
  'the code to the number set again': {
    slug: 'polder',
    to: /^\/sign-in$/,
    lines: { 'password.reset': 1, 'phone.confirmed': 1 },
    mails: { passwordChanged: 1, phoneChanged: 1 },
    async ready(portal) {
      const who = await somebody(portal, 'polder')
      return { account: who.id, forms: [held(await stagesNumber(who, who.number))] }
    },
  },
  'a new mail address': {
    slug: 'kring',
    to: /^\/profile$/,
    lines: { 'email.changed': 1 },
    mails: { emailChanged: 1 },
    async ready(portal) {
      const { who, person } = await newAddress(portal)
      return { account: who.id, forms: [held(person)] }
    },
  },
  'undoing a new mail address': {
    slug: 'kring',
    to: /not-me\/done$/,
    lines: { 'account.notMe': 1 },
    mails: { resetStarted: 1 },
    async ready(portal) {
      const { who, person } = await newAddress(portal)
      await person.press()
      return {
        account: who.id,
        forms: await typedIn(portal, 'kring', await linkIn(who, /\/profile\/not-me\/[\w-]+/), { email: who.email }),
      }
    },
  },
  'a link "not me"': {
    slug: 'kring',
    to: /not-me\/done$/,
    lines: { 'account.notMe': 1 },
    mails: { resetStarted: 1 },
    async ready(portal) {
      const who = await somebody(portal, 'kring')
      await nobody(portal, 'kring').transaction((context) =>
        sendNotice(context, { ...who, language: 'nl' }, passwordNotices.changed),
      )
      return {
        account: who.id,
        forms: await typedIn(portal, 'kring', await linkIn(who, /\/profile\/not-me\/[\w-]+/), { email: who.email }),
      }
    },
  },
  'the code to a new phone': {
    slug: 'kring',
    to: /^\/profile/,
    lines: { 'phone.confirmed': 1 },
    mails: { phoneChanged: 1 },
    async ready(portal) {
      const { who, person } = await inProfile(portal, '/profile/phone')
      const phone = who.number.replace('+31610', '+31620')
      await person.fill({ phone })
      await person.press()
      await person.fill({ code: await codeTo(portal, 'kring', phone) })
      return { account: who.id, forms: [held(person)] }
    },
  },
  'a new password': {
    slug: 'kring',
    to: /^\/profile$/,
    lines: { 'password.changed': 1 },
    mails: { passwordChanged: 1 },
    async ready(portal) {
      const { who, person } = await inProfile(portal, '/profile/password')
      await person.fill({ current: 'blauwe?fiets-op-zolder', password: fresh, repeat: fresh })
      return { account: who.id, forms: [held(person)] }
    },
  },
  'an authenticator app': {
    slug: 'kring',
    to: /^\/profile/,
    lines: { 'authenticator.confirmed': 1 },
    async ready(portal) {
      const { who, person } = await inProfile(portal, '/profile/apps/new')
      await person.fill({ code: (await scan(portal, person)).code() })
      return { account: who.id, forms: [held(person)] }
    },
  },
  'a backup code': {
    slug: 'kring',
    to: /^\/onboarding/,
    lines: { 'signIn.secondStep': 1 },
    mails: { backupCodeUsed: 1 },
    async ready(portal) {
      const who = await somebody(portal, 'kring', { backup: true })
      const forms = await Promise.all(browsers(portal, 'kring', 3).map((person) => givesBackup(person, who)))
      return { account: who.id, forms: forms.map((person) => held(person)) }
    },
  },
  'switching two steps off with the backup code': {
    slug: 'loonhuis',
    to: /^\/onboarding/,
    lines: { 'secondFactor.switchedOff': 1 },
    mails: { secondFactorOff: 1 },
    async ready(portal) {
      const who = await somebody(portal, 'loonhuis', { app: true, backup: true })
      const person = await givesBackup(httpPerson(portal, 'loonhuis'), who)
      await person.press()
      return { account: who.id, forms: [held(person, 'off')] }
    },
  },
  'a step-up code': {
    slug: 'kring',
    to: /^\/profile$/,
    lines: { stepUp: 1 },
    async ready(portal) {
      const { who, person } = await inProfile(portal, '/step-up')
      await person.press('/step-up/send')
      await person.fill({ code: await codeTo(portal, 'kring', who.number) })
      return { account: who.id, forms: [held(person, '/step-up')] }
    },
  },
  'the yes of two people of the firm': {
    slug: 'kring',
    to: /^\/staff\/resets$/,
    lines: { 'recovery.released': 2, 'recovery.done': 1 },
    mails: { resetAgreed: 1, resetReleased: 1 },
    async ready(portal) {
      const who = await asksWithout(portal, 'kring')
      const [row] = await portal.sql<{ id: string }>('select id from recovery_request where account_id = $1', [who.id])
      const forms = await Promise.all(
        (['staff', 'admin'] as const).map(async (kind) => {
          const person = await enters(await somebody(portal, 'kring', { kind }))
          await person.go(`/staff/resets/${row!.id}/release`)
          return held(person, `/staff/resets/${row!.id}/release`)
        }),
      )
      return { account: who.id, forms }
    },
  },
  'a link that stops a request': {
    slug: 'polder',
    to: /^\/recovery\/stopped$/,
    lines: { 'recovery.cancelled': 1 },
    mails: { resetCancelled: 1 },
    async ready(portal) {
      const who = await asksWithout(portal, 'polder')
      return {
        account: who.id,
        forms: await typedIn(portal, 'polder', await linkIn(who, /\/recovery\/cancel\/[\w-]+/), { email: who.email }),
      }
    },
  },
  'the last step of an activation': {
    slug: 'polder',
    to: /^\/onboarding/,
    lines: { 'password.chosen': 1, 'phone.confirmed': 1, 'onboarding.finished': 1 },
    mails: { phoneChanged: 1 },
    async ready(portal) {
      const client = await invitedTo(portal, 'polder')
      const person = httpPerson(portal, 'polder')
      await person.go(await client.link())
      await client.answer(person)
      await person.fill({ code: await codeTo(portal, 'polder', client.number) })
      return { account: client.id, forms: [held(person)] }
    },
  },
}

/** Password given, and the backup code typed as the other way. */
export async function givesBackup<P extends HttpPerson>(person: P, who: Somebody): Promise<P> {
  await givesPassword(person, who)
  await person.follow('/sign-in/other')
  await person.fill({ way: 'backupCode' })
  await person.press()
  await person.fill({ code: who.backup })
  return person
}
