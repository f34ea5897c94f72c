import type { Cap, Count } from '../../platform/limits/limits.ts'
import type { Context } from '../../tenancy/context.ts'
import { putAlarm, takeAlarm } from './browser-store.ts'
import { knownAs } from './known-browser.ts'

/** What is tried: a name with a password, the code of a second step, or the password of who is in already. */
export type Tried = 'sign-in' | 'second step' | 'own password'

/** A try that was counted. `wait`: seconds until one may try again, and then it is not to be judged; 0 to judge it. */
export interface Turn {
  wait: number
  /** The wait is that of the name everywhere: others may have caused it. */
  everywhere: boolean
  /** Seconds to wait because of the cap; null to judge it. */
  capped: number | null
  /** It was right: what went before in its counts is forgiven. */
  right(): Promise<void>
}

/** How long failures of one name over all networks stay in a row. */
const inARow = 'P31D'
/** Stands for the account of a name that nobody has, so that the same is asked of the database. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * The counts of a try. A browser that signed in to this account before has one of its own, so that nobody else can make
 * it wait. Every other counts by network, and together with all of them by name: a loose cap, that a list of guesses
 * spread over many networks runs into.
 */
function countsOf(
  { services: { keyedDigest }, tenant, policy: { waiting }, network }: Context,
  what: Tried,
  name: string,
  browser: string | null,
): Count[] {
  const key = (by: string, of = '') => keyedDigest(`${what} ${by}`, [tenant.id, name, of].join('|'))
  if (browser) return [{ key: key('browser', browser), patience: waiting }]
  return [
    { key: key('network', network), patience: waiting },
    { key: key('name'), patience: { ...waiting, freeFailures: waiting.everywhere, within: inARow } },
  ]
}

/**
 * Counts a try before it is judged. The same for a name nobody has: in what is counted, asked and answered.
 * @param name what was tried, as it is compared; of somebody who is known, the account's id
 * @param cap counted too, unless this browser is known to be its owner's
 */
export async function countTry(
  context: Context,
  what: Tried,
  name: string,
  accountId: string | null,
  cap: Cap | null = null,
): Promise<Turn> {
  const { limits } = context.services
  const browser = await knownAs(context, accountId ?? nobody)
  const counts = countsOf(context, what, name, browser)
  const { wait, longest, failures, capped } = await limits.countTry(counts, context.now, browser ? null : cap)
  const alarming = (failures[1] ?? 0) >= context.policy.waiting.everywhere
  // A job tells the owner, so that the answer takes as long as for a name nobody has.
  if (alarming) await putAlarm(context, accountId ?? nobody)
  return {
    wait,
    everywhere: longest === 1,
    capped,
    async right() {
      await limits.forget(...counts.map(({ key }) => key))
      if (alarming) await takeAlarm(context, accountId ?? nobody)
    },
  }
}
