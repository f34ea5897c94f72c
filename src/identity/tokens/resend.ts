import type { Limit } from '../../platform/limits/limits.ts'
import type { Context } from '../../tenancy/context.ts'

/** A mail with a way in that somebody can ask once more. */
export type Resent = 'activation' | 'credentials' | 'reset' | 'emailChange'

/** Why nothing goes now, and in how many seconds it can: one just went, or there were too many. */
export interface TooSoon {
  reason: 'recent' | 'often'
  seconds: number
}

/**
 * The firm's one rule for sending something again to a number or address, whatever it is: a moment between two, so many
 * in an hour, and so many in a day.
 */
export function againRule({
  policy: {
    codes: { resendAfter, perHour, perDay },
  },
}: Pick<Context, 'policy'>): Record<TooSoon['reason'], Limit[]> {
  const duration = (text: string) => Temporal.Duration.from(text)
  return {
    recent: [{ most: 1, within: duration(resendAfter) }],
    often: [
      { most: perHour, within: duration('PT1H') },
      { most: perDay, within: duration('PT24H') },
    ],
  }
}

/** The longer of two waits; none where neither is. */
const longer = (recent: number, often: number): TooSoon | null =>
  recent <= 0 && often <= 0
    ? null
    : recent > often
      ? { reason: 'recent', seconds: recent }
      : { reason: 'often', seconds: often }

/** What the rule says of something that went at these moments, newest first. */
export function afterThese(context: Context, went: Date[]): TooSoon | null {
  const { recent, often } = againRule(context)
  const until = ({ most, within }: Limit) => {
    const filling = went[most - 1]
    return filling ? Math.ceil((filling.getTime() + within.total('milliseconds') - context.at.getTime()) / 1000) : 0
  }
  return longer(Math.max(...recent.map(until)), Math.max(...often.map(until)))
}

const keyOf = ({ services, tenant }: Context, what: Resent, to: string, own: string | null) =>
  services.keyedDigest(`again ${what}`, [tenant.id, to, own ?? ''].join('|'))

/**
 * Why this mail cannot go to an address now; null when it can. Looks, and counts nothing.
 * @param to the address as it is compared. @param own a browser that is known to be its owner's: nobody else uses up what it may ask
 */
export async function tooSoon(
  context: Context,
  what: Resent,
  to: string,
  own: string | null = null,
): Promise<TooSoon | null> {
  const { recent, often } = againRule(context)
  const wait = async (limits: Limit[]) =>
    (await context.services.limits.waitFor(keyOf(context, what, to, own), limits, context.now)) ?? 0
  return longer(await wait(recent), await wait(often))
}

/** The same, and counts the mail when it may go. Of many at the same moment no more go than may. */
export async function mayGo(
  context: Context,
  what: Resent,
  to: string,
  own: string | null = null,
): Promise<TooSoon | null> {
  const { recent, often } = againRule(context)
  const seconds = await context.services.limits.countAttempt(
    keyOf(context, what, to, own),
    [...recent, ...often],
    context.now,
  )
  return seconds === null ? null : ((await tooSoon(context, what, to, own)) ?? { reason: 'recent', seconds })
}
