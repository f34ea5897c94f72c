import { mayGo, tooSoon, type Resent } from '../../identity/tokens/index.ts'
import type { Limit } from '../../platform/limits/limits.ts'
import type { Context } from '../../tenancy/context.ts'
import { accountByEmail, accountByIdentifier, fold, type Account } from '../../identity/accounts/index.ts'
import { knownAs } from '../../identity/sessions/index.ts'

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
export async function askedBy(context: Context, what: Resent, typed: string): Promise<MailAsked> {
  const account = (await accountByEmail(context, typed)) ?? (await accountByIdentifier(context, typed))
  const own = await knownAs(context, account?.id ?? '00000000-0000-0000-0000-000000000000')
  const wait = own
    ? null
    : await context.services.limits.countAttempt(
        context.services.keyedDigest(`${what} network`, context.network),
        perNetwork,
        context.now,
      )
  if (wait !== null) return { account, own, wait }
  const name = `asked ${fold(typed)}`
  await mayGo(context, what, name, own)
  const soon = await tooSoon(context, what, name, own)
  if (soon) context.browser.set('again', context.now.add({ seconds: soon.seconds }).toString())
  return { account, own, wait }
}

/** In how many seconds it can be asked again in this browser; null: now. */
export function askAgainIn({ browser, now }: Context): number | null {
  const moment = browser.get('again')
  const seconds = moment ? now.until(Temporal.Instant.from(moment)).total('seconds') : 0
  return seconds > 0 ? seconds : null
}
