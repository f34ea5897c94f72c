import type { FactorName } from '../../tenancy/policy.ts'
import { sendNotice } from '../notices/index.ts'
import type { Purpose } from '../tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import type { AskData, Factor, Owner, Sending } from './factor.ts'
import { factorOf } from './installed.ts'

export { unsentError } from './sending.ts'

/** Where sending stands; of a factor that sends nothing, nowhere. */
export const sendingOf = async (
  context: Context,
  owner: Owner,
  factor: FactorName,
  purpose: Purpose,
): Promise<Sending> =>
  (await factorOf(context, factor).sending?.(context, owner, purpose)) ?? { sent: false, unsent: null, next: null }

/** What a page needs to ask for a factor, whichever it is: at signing in, at a step-up and on a way back alike. */
export interface Asking extends Sending {
  factor: FactorName
  asks: Factor['asks']
  /** There is something to type, and a button under it. */
  typed: boolean
  /** It is answered on another device: the page looks by itself, and what goes out is a question, no code. */
  elsewhere: boolean
  sends: boolean
  sentTo: string | null
  ask: AskData
}

/** What follows for a page from how a factor asks. */
export const askedBy = ({ asks, sends, guessable }: Factor) => ({
  asks,
  typed: asks === 'figures' || asks === 'letters',
  elsewhere: guessable === false,
  sends,
})

export async function asking(context: Context, owner: Owner, factor: FactorName, purpose: Purpose): Promise<Asking> {
  const its = factorOf(context, factor)
  return {
    factor,
    ...askedBy(its),
    sentTo: await its.sentTo(context, owner),
    ...(await sendingOf(context, owner, factor, purpose)),
    ask: (await its.shows?.(context, owner, purpose)) ?? {},
  }
}

/** Of somebody's ways those that can be given in this browser; all of them where that would leave none, so that nothing weaker takes their place. */
export async function waysFromHere(
  context: Context,
  accountId: string,
  ways: FactorName[],
  hadAt?: Date,
): Promise<FactorName[]> {
  const can = await Promise.all(
    ways.map(async (way) => (await factorOf(context, way).fromHere?.(context, accountId, hadAt)) ?? true),
  )
  const here = ways.filter((_, at) => can[at])
  return here.length ? here : ways
}

/** Tells somebody that this factor was used, where its use is something to be told of. In the transaction of the act. */
export async function tellUsed(context: Context, owner: Owner, factor: FactorName): Promise<void> {
  const { noticeWhenUsed } = factorOf(context, factor)
  if (noticeWhenUsed) await sendNotice(context, owner, noticeWhenUsed)
}
