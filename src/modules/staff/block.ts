import type { PlainKey } from '../../platform/i18n/texts.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { blockAccount, lockedAccount, unblockAccount, type Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'
import { startReset } from '../recovery/index.ts'
import { endEverywhere, killWaysIn } from '../../identity/sessions/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import { helpPeople } from './permissions.ts'
import { staffActions } from './audit-actions.ts'

/** What the firm's people can do to an account that is in use. */
export type Act = 'reset' | 'block' | 'unblock'
/** What came of it; a text `staff.act.<key>` where it is refused. */
export type ActOutcome = 'done' | 'self' | 'adminOnly' | 'notNow'

type Of = Pick<Account, 'id' | 'kind' | 'activatedAt' | 'blockedAt'>

/**
 * Why this person may not, or 'done' where they may. Nobody acts on themselves, and on an administrator only another
 * one.
 */
function verdict(context: PersonContext, act: Act, { id, kind, activatedAt, blockedAt }: Of): ActOutcome {
  if (id === context.person.id) return 'self'
  if (!allow(context, helpPeople, { kind })) return 'adminOnly'
  return activatedAt && Boolean(blockedAt) === (act === 'unblock') ? 'done' : 'notNow'
}

/** Somebody as the list shows them. */
type Listed = Pick<Of, 'id' | 'kind' | 'activatedAt'> & { state: string }

/** Why this cannot be done with somebody, as the text that says so; null when it can. */
export function whyNot(context: PersonContext, act: Act, of: Listed): PlainKey | null {
  const outcome = verdict(context, act, { ...of, blockedAt: of.state === 'blocked' ? context.at : null })
  return outcome === 'done' ? null : `staff.act.${outcome}`
}

/** What the person's page offers. Nothing to who is no staff. */
export function actsFor(context: PersonContext, of: Listed): Act[] {
  return allow(context, helpPeople)
    ? (['reset', 'block', 'unblock'] as const).filter((act) => whyNot(context, act, of) === null)
    : []
}

const doing: Record<Act, (context: PersonContext, id: string) => Promise<void>> = {
  reset: (context, id) => startReset(context, id),
  async block(context, id) {
    await blockAccount(context, id)
    // Not only held off: when the account is opened again, nobody is in.
    await killWaysIn(context, id)
    await endEverywhere(context, id)
    await record(context, staffActions.blocked, { subject: id })
  },
  async unblock(context, id) {
    await unblockAccount(context, id)
    await record(context, staffActions.unblocked, { subject: id })
  },
}

/**
 * Does it once per form, together with its log line. Staff never see or set a password, code or number by it.
 * @throws Refusal 404
 */
export async function actOn(context: PersonContext, accountId: string, act: Act): Promise<ActOutcome> {
  return context.transaction(async (inner) => {
    const account = await lockedAccount(inner, accountId)
    if (!account) throw notFound()
    if (await answeredBefore(inner, inner.person.id)) return 'done'
    const outcome = verdict(inner, act, account)
    if (outcome !== 'done') return outcome
    await doing[act](inner, accountId)
    await rememberAnswered(inner, inner.person.id)
    return 'done'
  })
}
