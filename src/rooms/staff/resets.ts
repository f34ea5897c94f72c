import { z } from 'zod'
import { again, page, see, type Answer, type Page } from '../../platform/answer.ts'
import { get, id, nothing, post, type Route } from '../../tenancy/door.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { listRequests, refuse, release } from '../recovery/index.ts'

const resetsPage = async (visit: PersonVisit): Promise<Page> => page('staff/resets', { requests: await listRequests(visit) })

async function saysYes(visit: PersonVisit, requestId: string): Promise<Answer> {
  const outcome = await release(visit, requestId)
  if (outcome !== 'released' && outcome !== 'half') return again(await resetsPage(visit), { '': { key: `staff.resets.${outcome}` } }, 409)
  visit.browser.keep('notice', `staff.resets.${outcome}`)
  return see('/staff/resets')
}

async function saysNo(visit: PersonVisit, requestId: string): Promise<Answer> {
  const outcome = await refuse(visit, requestId)
  if (outcome !== 'refused') return again(await resetsPage(visit), { '': { key: `staff.resets.${outcome}` } }, 409)
  visit.browser.keep('notice', 'staff.resets.refused')
  return see('/staff/resets')
}

const one = z.strictObject({ id: id() })

/** Who lost everything and waits for two of the firm's people. */
export const resetRoutes: Route[] = [
  get('/resets', 'staff', nothing, resetsPage),
  post('/resets/:id/release', 'staff', one, (visit, { id: requestId }) => saysYes(visit, requestId)),
  post('/resets/:id/refusal', 'staff', one, (visit, { id: requestId }) => saysNo(visit, requestId)),
]
