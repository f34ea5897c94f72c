import type { Visit } from '../../tenancy/visit.ts'
import { forgetBrowsers } from './known-browser.ts'
import { endAllSessions } from './own-sessions.ts'
import { distrustAll } from './trusted.ts'

/** Ends every session of somebody, and trusts and knows none of their computers any more: whoever was in, is out at the next request. */
export async function endEverywhere(visit: Visit, accountId: string): Promise<void> {
  await endAllSessions(visit, accountId)
  await distrustAll(visit, accountId)
  await forgetBrowsers(visit, accountId)
}
