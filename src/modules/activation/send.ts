import { wordsFor } from '../../platform/i18n/words.ts'
import { issueLink } from '../../identity/tokens/index.ts'
import { sendMail, signInAddress } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import {
  accountByEmail,
  changePeople,
  inviteLater,
  usernameDetail,
  type Account,
  isAdministrator,
} from '../../identity/accounts/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import { findOrganisation } from '../organisations/index.ts'
import { activationAgainMail, activationMail, invitedElsewhereMail } from './mails.ts'

/**
 * Whether this is the account of an administrator, on which only another one acts. What nobody is signed in for is the
 * operator's.
 */
export const adminOnly = (context: Pick<Context, 'person' | 'policy'>, { kind }: Pick<Account, 'kind'>): boolean =>
  isAdministrator({ kind }) && context.person !== null && !allow(context, changePeople, { kind })

/** Why somebody who has an account cannot be invited; null where they can be. */
export function objectionTo(
  context: Pick<Context, 'person' | 'policy'>,
  known: Pick<Account, 'kind' | 'activatedAt' | 'blockedAt'>,
) {
  if (adminOnly(context, known)) return 'staff.act.adminOnly' as const
  if (!known.activatedAt) return null
  return known.blockedAt ? ('staff.invite.email-blocked' as const) : ('staff.invite.email-active' as const)
}

/** Whom an invitation goes to. */
export type Invitee = Pick<
  Account,
  'id' | 'name' | 'email' | 'username' | 'language' | 'organisationId' | 'passwordHash' | 'knownElsewhere'
>

/**
 * Makes a link, which kills the one before, and puts the mail in the outbox. In the caller's transaction.
 * Who has chosen a password already goes on by signing in: a mailed link must not be a way round it.
 */
export async function sendInvitation(context: Context, account: Invitee): Promise<void> {
  await inviteLater(context, account.id, null)
  if (account.knownElsewhere) return tellElsewhere(context, account)
  if (account.passwordHash)
    return sendMail(context, account, {
      kind: activationAgainMail,
      params: { name: account.name },
      details: usernameDetail(context.policy, account),
      link: signInAddress(account.language),
    })
  const lifetime = context.policy.links.activation
  const token = await issueLink(context, account.id, 'activation', lifetime)
  const params = { name: account.name, lifetime: wordsFor(account.language, context.policy.zone).duration(lifetime) }
  // Where the user name is mailed later, to who gave the date of birth, it is not said before.
  const later = context.policy.features.includes('temporaryPassword')
  const details = later ? {} : usernameDetail(context.policy, account)
  await sendMail(context, account, {
    kind: activationMail,
    params,
    details,
    link: `/activation/${token}`,
    notAfter: context.from(lifetime),
  })
}

/**
 * To somebody who has an account elsewhere at the firm: what happened, and whom to ask. The link is made for its date
 * only, and goes to nobody.
 */
async function tellElsewhere(context: Context, account: Invitee): Promise<void> {
  await issueLink(context, account.id, 'activation', context.policy.links.activation)
  const owner = await accountByEmail(context, account.email)
  const organisation = account.organisationId && (await findOrganisation(context, account.organisationId))
  await sendMail(
    context,
    { id: account.id, email: account.email, language: owner?.language ?? account.language },
    {
      kind: invitedElsewhereMail,
      params: { name: owner?.name ?? account.name, organisation: organisation ? organisation.name : '' },
      link: signInAddress(owner?.language ?? account.language),
    },
  )
}
