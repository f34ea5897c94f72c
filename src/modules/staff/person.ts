import { allow } from '../../identity/permissions/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { type Kind, seeEverybody } from '../../identity/accounts/index.ts'
import { scheduledFor } from '../activation/index.ts'
import { pendingStep, stepWords, type PendingFacts } from '../../identity/flow/index.ts'

/**
 * Where somebody stands with the firm. `refused`: the link died of wrong answers; `withdrawn`: taken back before it was
 * accepted; `new`: has an account but was never invited.
 */
export const states = ['refused', 'expired', 'opened', 'invited', 'new', 'blocked', 'withdrawn', 'active'] as const
export type State = (typeof states)[number]

/**
 * What stands in somebody's way: a text `staff.why.<key>`, its date, and the key of what the step they are at is
 * called.
 */
export interface Why {
  key: string
  at: Date | null
  until?: Date | null
  step?: string
}

/** What is the same in a row and on a page; of the role a row has the name and a page the words. */
interface Person {
  id: string
  name: string
  email: string
  username: string | null
  kind: Kind
  role: string | null
  organisation: string | null
  language: string
  state: State
}

/** Somebody as staff see them. */
export interface PersonShown extends Person {
  why: Why[]
  invitedAt: Date | null
  expiresAt: Date | null
  activatedAt: Date | null
  lastSignInAt: Date | null
}

/** And as their own page shows them. */
export interface PersonInFull extends PersonShown {
  secondStep: boolean
  /** The address holds letters that pass for others: somebody should look twice. */
  confusable: boolean
}

/** As the database gives it; inside JSON a text. */
type Moment = Date | string | null

/** A row of `detailed`; `pending`: of whom is on their way. */
export interface PersonRow extends Person {
  invited_at: Moment
  expires_at: Moment
  dead_at: Moment
  started_at: Moment
  invite_after: Moment
  known_elsewhere: boolean
  activated_at: Moment
  blocked_at: Moment
  last_sign_in_at: Moment
  mail_failed_at: Moment
  mail_fails_since: Moment
  pending: PendingFacts | null
  total: number
}

const date = (moment: Moment): Date | null => (moment ? new Date(moment) : null)

/**
 * At which step somebody is who is on their way. Staff read its name; a client reads nothing of passwords and phones.
 */
function underWay(context: Context, row: PersonRow): Why {
  if (!allow(context, seeEverybody)) return { key: 'opened', at: date(row.started_at) }
  return {
    key: 'step',
    at: date(row.started_at),
    step: stepWords(context.services, (row.pending && pendingStep(context, row.pending)) ?? 'signIn'),
  }
}

function byState(context: Context, row: PersonRow): Why[] {
  if (row.started_at && (row.state === 'opened' || row.state === 'active')) return [underWay(context, row)]
  switch (row.state) {
    case 'active':
      return []
    case 'refused':
      return [{ key: 'refused', at: date(row.dead_at) }]
    case 'expired':
      return [{ key: 'expired', at: date(row.expires_at) }]
    case 'invited':
      return [{ key: 'invited', at: date(row.invited_at), until: date(row.expires_at) }]
    case 'opened':
      return [{ key: 'opened', at: date(row.invited_at) }]
    case 'new': {
      if (row.invite_after) return [{ key: 'held', at: date(row.invite_after) }]
      const day = scheduledFor(context)
      return [
        day
          ? { key: 'held', at: new Date(day.toZonedDateTime(context.policy.zone).epochMilliseconds) }
          : { key: 'new', at: null },
      ]
    }
    case 'blocked':
    case 'withdrawn':
      return [{ key: row.state, at: date(row.blocked_at) }]
  }
}

/** What is the matter with mail to somebody: their address does not work, or a mail did not arrive. */
function byMail({ mail_fails_since: since, mail_failed_at: failed, activated_at: activated }: PersonRow): Why[] {
  if (since) return [{ key: activated ? 'mailFails' : 'mailFailsNew', at: date(since) }]
  return failed ? [{ key: 'mailFailed', at: date(failed) }] : []
}

/** A row in words and moments. Why somebody is silent: first the mail that did not arrive, then where they stopped. */
export function shown(context: Context, row: PersonRow): PersonShown {
  const { id, name, email, username, kind, role, organisation, language, state } = row
  return {
    id,
    name,
    email,
    username,
    kind,
    organisation,
    language,
    state,
    role: context.policy.roles.find((each) => each.name === role)?.label[context.language] ?? null,
    why: [
      ...byMail(row),
      ...(row.known_elsewhere && allow(context, seeEverybody) ? [{ key: 'elsewhere', at: null }] : []),
      ...byState(context, row),
    ],
    invitedAt: date(row.invited_at),
    expiresAt: date(row.expires_at),
    activatedAt: date(row.activated_at),
    lastSignInAt: date(row.last_sign_in_at),
  }
}
