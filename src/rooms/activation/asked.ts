import { mayGo, tooSoon, type Resent } from '../../tenancy/again.ts'
import type { Limit } from '../../platform/limits.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { accountByEmail, accountByIdentifier, fold, type Account } from '../accounts/index.ts'
import { knownAs } from '../sessions/index.ts'

/** Mails asked from one network, whatever the names. */
const perNetwork: Limit = { most: 20, within: Temporal.Duration.from('PT1H') }

/** Somebody without a session asks for a mail, by what they typed. */
export interface MailAsked {
  /** Whose name it is; null where nobody has it. */
  account: Account | null
  /** By which this browser is known to be theirs: then nobody else uses up what it may ask. */
  own: string | null
  /** Seconds until this network may ask again, for any name; null: it may. */
  wait: number | null
}

/**
 * Counts the asking, and notes in the browser from when it can be asked again: by what was typed, so that it says the
 * same of a name nobody has. Whether a mail goes is counted for its address, by who sends it.
 */
export async function askedBy(visit: Visit, what: Resent, typed: string): Promise<MailAsked> {
  const account = (await accountByEmail(visit, typed)) ?? (await accountByIdentifier(visit, typed))
  const own = await knownAs(visit, account?.id ?? '00000000-0000-0000-0000-000000000000')
  const wait = own
    ? null
    : await visit.house.limits.countAttempt(visit.house.blind(`${what} network`, visit.network), perNetwork, visit.now)
  if (wait !== null) return { account, own, wait }
  const name = `asked ${fold(typed)}`
  await mayGo(visit, what, name, own)
  const soon = await tooSoon(visit, what, name, own)
  if (soon) visit.browser.keep('again', visit.now.add({ seconds: soon.seconds }).toString())
  return { account, own, wait }
}

/** In how many seconds it can be asked again in this browser; null: now. */
export function askAgainIn({ browser, now }: Visit): number | null {
  const moment = browser.recall('again')
  const seconds = moment ? now.until(Temporal.Instant.from(moment)).total('seconds') : 0
  return seconds > 0 ? seconds : null
}
