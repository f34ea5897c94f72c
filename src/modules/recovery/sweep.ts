import type { Context } from '../../tenancy/context.ts'
import { earliest, longAfter } from '../../tenancy/work-due.ts'
import { keptFor } from './request.ts'
import { endOldRequests, forgetRequests, oldestRequests } from './waiting-store.ts'

/** How long what came of a request can be read in the list; the firm's log keeps it. */
const listed = 'P1Y'

/** Ends requests that waited too long, and forgets what is over. Safe to repeat. */
export async function sweepRecovery(context: Context): Promise<Date | null> {
  await endOldRequests(context, context.ago(keptFor))
  await forgetRequests(context, context.ago(listed))
  const { asked, over } = await oldestRequests(context)
  return earliest(longAfter(context, keptFor, asked), longAfter(context, listed, over))
}
