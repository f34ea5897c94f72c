import { isBound } from './bound.ts'
import { text } from '../../platform/i18n/texts.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Limit } from '../../platform/limits/limits.ts'
import { againRule } from '../../identity/tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { invitationPolicy } from './policy.ts'

const hour = Temporal.Duration.from('PT1H')
const day = Temporal.Duration.from('PT24H')

/** Invitations one address gets from a firm, whoever sends them. */
const perAddress: Limit[] = [
  { most: 3, within: hour },
  { most: 10, within: day },
]
/** Invitations one person sends in a day: a client, or somebody who works at the firm. */
const perSender = { client: 50, staff: 200, admin: 200 }

/** May go now; must wait, in words; or goes by itself when the firm's next day begins. */
export type Slot = { state: 'now' } | { state: 'wait'; errors: FieldErrors } | { state: 'held'; from: Date }
/**
 * `list`: one of a list, which counts for the firm and not for who of its people sends it. `sends`: it goes out at
 * once, not on a later day.
 */
export interface Wanted {
  lookup: string
  list?: boolean
  sends?: boolean
}

/** A count to look at and then to add to, and what is said where it is full. */
interface Count {
  key: string
  limits: Limit[]
  field: string
  words: 'staff.invite.often' | 'staff.invite.today'
}

function countsOf(context: Context, { lookup, list = false, sends = true }: Wanted): Count[] {
  const { services, tenant, person } = context
  const address: Count = {
    key: services.keyedDigest('invitations to', `${tenant.id}|${lookup}`),
    limits: [...againRule(context).recent, ...perAddress],
    field: 'email',
    words: 'staff.invite.often',
  }
  const sender: Count | null =
    person && (isBound(context) || !list)
      ? {
          key: services.keyedDigest('invitations by', person.id),
          limits: [{ most: perSender[person.kind], within: day }],
          field: '',
          words: 'staff.invite.today',
        }
      : null
  return [...(sends ? [address] : []), ...(sender ? [sender] : [])]
}

/** What the firm sends on one day of its calendar. */
function ofToday({ services, tenant, today, policy }: Context): { key: string; limit: Limit } {
  return {
    key: services.keyedDigest('invitations of firm', `${tenant.id}|${today}`),
    limit: { most: policy.of(invitationPolicy).perDay, within: Temporal.Duration.from('P2D') },
  }
}

/** How many more invitations the firm sends today. */
export async function leftToday(context: Context): Promise<number> {
  const { key, limit } = ofToday(context)
  return Math.max(0, limit.most - (await context.services.limits.made(key, limit.within, context.now)))
}

/** Takes one of today's invitations of the firm. @returns false when there is none left */
export async function takeOfFirm(context: Context): Promise<boolean> {
  const { key, limit } = ofToday(context)
  return (await context.services.limits.countAttempt(key, limit, context.now)) === null
}

/** Why this invitation cannot be sent now, by field; null when it can. Looks, and counts nothing. */
export async function refusal(context: Context, wanted: Wanted): Promise<FieldErrors | null> {
  for (const { key, limits, field, words } of countsOf(context, wanted)) {
    const seconds = await context.services.limits.waitFor(key, limits, context.now)
    if (seconds !== null) return { [field]: text(words, { seconds }) }
  }
  return null
}

/** Takes a place for one invitation, before anything is written. What is refused counts nowhere. */
export async function takeSlot(context: Context, wanted: Wanted): Promise<Slot> {
  const errors = await refusal(context, wanted)
  if (errors) return { state: 'wait', errors }
  for (const { key, limits } of countsOf(context, wanted))
    await context.services.limits.countAttempt(key, limits, context.now)
  if (wanted.sends === false || (await takeOfFirm(context))) return { state: 'now' }
  return {
    state: 'held',
    from: new Date(context.today.add({ days: 1 }).toZonedDateTime(context.policy.zone).epochMilliseconds),
  }
}
