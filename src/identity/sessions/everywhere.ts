import type { Context } from '../../tenancy/context.ts'
import { forgetBrowsers } from './known-browser.ts'
import { endAllSessions } from './own-sessions.ts'
import { distrustAll } from './trusted.ts'

/** Ends every session of somebody, and trusts and knows none of their computers any more: whoever was in, is out at the next request. */
export async function endEverywhere(context: Context, accountId: string): Promise<void> {
  await endAllSessions(context, accountId)
  await distrustAll(context, accountId)
  await forgetBrowsers(context, accountId)
}
