import type { Limit } from '../../platform/limits/limits.ts'
import type { Context } from '../../tenancy/context.ts'

/** Guesses at the mail address a link belongs to. */
const guesses: Limit = { most: 10, within: Temporal.Duration.from('P1D') }

/** `wait`: seconds until one may try again, 0 when the try was judged. */
export interface AddressVerdict {
  right: boolean
  wait: number
}

/**
 * Whether what was typed beside a mailed link is the address it belongs to: a program that follows links cannot do
 * that, and whoever found the link does not know it. Counted before it is judged.
 * @param typed as addresses are compared, like `own`; null where it belongs to none
 */
export async function proveAddress(
  { services: { limits, keyedDigest }, now }: Context,
  linkId: string,
  typed: string,
  own: string | null,
): Promise<AddressVerdict> {
  const wait = await limits.countAttempt(keyedDigest('link mail', linkId), guesses, now)
  return wait === null ? { right: typed === own, wait: 0 } : { right: false, wait }
}
