import { digest, randomToken } from '../../platform/crypto/encryption.ts'
import type { Context } from '../../tenancy/context.ts'
import { longAfter } from '../../tenancy/work-due.ts'
import { deleteBrowsers, deleteUnseen, findBrowser, longestUnseen, putBrowser } from './browser-store.ts'

/** How long a browser is known after it last signed in: as long as browsers keep a cookie (RFC 6265bis 5.5). */
const kept = 'P400D'

/** One token for a browser, another digest for each account: a dump does not tell who share a computer. */
const markOf = (accountId: string, token: string) => digest(`${accountId}|${token}`)

/** Remembers that this browser belongs to somebody of this account: they signed in, or proved that the mailbox is theirs. */
export async function knowBrowser(context: Context, accountId: string): Promise<void> {
  const token = context.browser.known ?? randomToken()
  await putBrowser(context, accountId, markOf(accountId, token))
  context.browser.setKnown(token, context.from(kept).getTime() - context.at.getTime())
}

/**
 * By which of its marks this browser is known to an account; null where it is not. A trusted computer is known by that.
 * Asks the same of the database whoever the account is, and whether or not there is one.
 */
export async function knownAs(context: Context, accountId: string): Promise<string | null> {
  const { known, trust } = context.browser
  if (!known && !trust) return null
  return findBrowser(context, accountId, {
    known: markOf(accountId, known ?? ''),
    trust: digest(trust ?? ''),
    since: context.ago(kept),
  })
}

/** Knows no browser of this account any more: somebody else may have been in. */
export const forgetBrowsers = (context: Context, accountId: string): Promise<void> => deleteBrowsers(context, accountId)

/** Forgets browsers that did not sign in for too long. Safe to repeat. */
export async function sweepBrowsers(context: Context): Promise<Date | null> {
  await deleteUnseen(context, context.ago(kept))
  return longAfter(context, kept, await longestUnseen(context))
}
