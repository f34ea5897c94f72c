import { z } from 'zod'
import { again, page, see, type Answer, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { get, id, nothing, post, type Route } from '../../tenancy/door.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { listRequests, refuse, release, type RequestShown } from '../recovery/index.ts'
import { personShown } from './people.ts'

const resetsPage = async (visit: PersonVisit): Promise<Page> =>
  page('staff/resets', { requests: await listRequests(visit) })

/** The request this is about, among all that wait. @throws Refusal 404 */
async function requestOf(visit: PersonVisit, requestId: string): Promise<RequestShown> {
  const found = (await listRequests(visit)).find(({ id: each }) => each === requestId)
  if (!found) throw notFound()
  return found
}

/** GET of yes or no: who it is about, all that is known, and what follows. Nothing is done yet. @throws Refusal 404 */
async function checkPage(visit: PersonVisit, requestId: string, act: 'release' | 'refusal'): Promise<Page> {
  const request = await requestOf(visit, requestId)
  const shown = await personShown(visit, request.accountId)
  const wrong = request.endedAt
    ? 'over'
    : request.own
      ? 'own'
      : request.adminOnly
        ? 'adminOnly'
        : act === 'release' && request.mine
          ? 'twice'
          : null
  if (wrong) return again(await resetsPage(visit), { '': { key: `staff.resets.${wrong}` } }, 409)
  return page('staff/reset-check', {
    request,
    act,
    name: request.name,
    person: shown,
    last: request.releases.length > 0,
  })
}

async function says(visit: PersonVisit, requestId: string, act: 'release' | 'refusal'): Promise<Answer> {
  const { name } = await requestOf(visit, requestId)
  const outcome = act === 'release' ? await release(visit, requestId) : await refuse(visit, requestId)
  if (outcome !== 'released' && outcome !== 'half' && outcome !== 'refused')
    return again(await resetsPage(visit), { '': { key: `staff.resets.${outcome}` } }, 409)
  visit.browser.tell(`staff.resets.${outcome}`, { name })
  return see('/staff/resets')
}

const one = z.strictObject({ id: id() })

/** Who lost everything and waits for two of the firm's people. */
export const resetRoutes: Route[] = [
  get('/resets', 'staff', nothing, resetsPage),
  ...(['release', 'refusal'] as const).flatMap((act) => [
    get(`/resets/:id/${act}`, 'staff', one, (visit, { id: requestId }) => checkPage(visit, requestId, act)),
    post(`/resets/:id/${act}`, 'staff', one, (visit, { id: requestId }) => says(visit, requestId, act)),
  ]),
]
