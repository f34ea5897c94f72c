import { isOwnPeople } from '../../tenancy/person.ts'
import { again, page, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import { invitationPolicy } from '../activation/index.ts'
import { issueLink, killOneTime, mayGo, tooSoon } from '../../identity/tokens/index.ts'
import { sendMail } from '../../tenancy/outbox.ts'
import { wordsFor } from '../../platform/i18n/words.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { defaultFreeMail, isFreeMail, isTaken, readEmail } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { act } from './act.ts'
import { emailSentView, emailView } from './views.ts'
import { emailChangeMail } from './mails.ts'
import { profileActions } from './audit-actions.ts'

/** How long the link to the new address works. */
const lifetime = 'PT24H'

export const emailPage = (context: PersonContext, email = ''): Page =>
  page(emailView, { now: context.person.email, lifetime, values: { email } })

function objection(
  { policy, person }: PersonContext,
  typed: string,
): { errors: FieldErrors } | { address: string; lookup: string } {
  const read = readEmail(typed)
  if (!read.ok) return { errors: { email: { key: read.key } } }
  const now = readEmail(person.email)
  if (now.ok && now.lookup === read.lookup) return { errors: { email: { key: 'profile.email.same' } } }
  const { businessMailOnly, freeMailDomains } = policy.of(invitationPolicy)
  if (businessMailOnly && !isOwnPeople(person) && isFreeMail(read.lookup, freeMailDomains ?? defaultFreeMail))
    return { errors: { email: { key: 'profile.email.free' } } }
  return read
}

/**
 * Why no mail can go now: neither who asks nor the address that gets it gets more than the firm's rule for sending
 * again allows.
 */
async function takeTurn(context: PersonContext, lookup: string): Promise<FieldErrors | null> {
  const { id } = context.person
  const soon =
    (await tooSoon(context, 'emailChange', id)) ??
    (await mayGo(context, 'emailChange', lookup)) ??
    (await mayGo(context, 'emailChange', id))
  return soon && { email: { key: `shell.again.${soon.reason}`, params: { seconds: soon.seconds } } }
}

/** The mail to the new address, with the link that confirms it. */
async function sendLink(context: PersonContext, address: string): Promise<void> {
  const { person, policy } = context
  const token = await issueLink(context, person.id, 'emailChange', lifetime, address)
  await sendMail(
    context,
    { id: person.id, email: address, language: person.language },
    {
      kind: emailChangeMail,
      link: `/profile/email/${token}`,
      notAfter: context.from(lifetime),
      params: { name: person.name, lifetime: wordsFor(person.language, policy.zone).duration(lifetime) },
    },
  )
}

/**
 * Asks for another address: a mail goes there, and nothing changes before its link is answered. Where somebody else at
 * the firm has that address no mail goes, and the answer is the same.
 */
export async function askEmail(context: PersonContext, typed: string): Promise<Answer> {
  const read = objection(context, typed)
  if ('errors' in read) return again(emailPage(context, typed), read.errors)
  return act(context, { to: '/profile/email/sent', shown: (inner) => emailPage(inner, typed) }, async (inner) => {
    const wait = await takeTurn(inner, read.lookup)
    if (wait) return wait
    const taken = await isTaken(inner, 'email_lookup', read.lookup)
    await killOneTime(inner, inner.person.id, 'emailChange')
    if (!taken) await sendLink(inner, read.address)
    await record(inner, profileActions.emailAsked)
    return null
  })
}

/** After asking: the same words for everybody. */
export const emailSentPage = async (context: PersonContext): Promise<Answer> =>
  page(emailSentView, {
    lifetime,
    next: (await tooSoon(context, 'emailChange', context.person.id))?.seconds ?? null,
  })
