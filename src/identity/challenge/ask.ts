import type { FieldError } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import { asking, factorOf, sendingOf, unsentError, type Asking } from '../factors/index.ts'
import type { Challenge } from './challenge.ts'

/** What the page that asks shows: the factor's own part, and the other ways somebody has here. */
export type Asked = Asking & { others: FactorName[] }

/** @param ways what they can prove it with here, as `waysFor` gives it */
export const ask = async (context: Context, challenge: Challenge, ways: FactorName[]): Promise<Asked> => ({
  ...(await asking(context, challenge.owner, challenge.way, challenge.occasion.purpose)),
  others: ways.filter((way) => way !== challenge.way),
})

/** Sends what the way in use sends; nothing where it sends nothing. In the caller's transaction. */
const send = (context: Context, { occasion, owner, way }: Challenge) =>
  factorOf(context, way).begin(context, owner, occasion.purpose)

/**
 * The way was just chosen: its code goes out.
 * @returns whether none did because an earlier one still works, which is to be told. Why else none went, the page says
 */
export async function begin(context: Context, challenge: Challenge): Promise<{ earlier: boolean }> {
  const { occasion, owner, way } = challenge
  const unsent = await send(context, challenge)
  return { earlier: unsent !== null && (await sendingOf(context, owner, way, occasion.purpose)).sent }
}

/**
 * Somebody asks for the code, the first time or once more. In the caller's transaction.
 * @returns why none went out; else whether there is a code to be typed, so that the page says that one is on its way
 */
export async function sendAgain(
  context: Context,
  challenge: Challenge,
): Promise<{ unsent: FieldError } | { typed: boolean }> {
  const unsent = await send(context, challenge)
  return unsent ? { unsent: unsentError(unsent) } : { typed: factorOf(context, challenge.way).guessable !== false }
}
