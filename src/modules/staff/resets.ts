import { text } from '../../platform/i18n/texts.ts'
import { z } from 'zod'
import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { get, id, nothing, post, type Route } from '../../tenancy/route.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { decideResets, findRequest, listRequests, refuse, release, type RequestShown } from '../recovery/index.ts'
import { personShown } from './people.ts'
import { resetCheckView, resetsView } from './views.ts'

const resetsPage = async (context: PersonContext): Promise<Page> =>
  page(resetsView, { requests: await listRequests(context) })

/** The request this is about. @throws Refusal 404 */
async function requestOf(context: PersonContext, requestId: string): Promise<RequestShown> {
  const found = await findRequest(context, requestId)
  if (!found) throw notFound()
  return found
}

/** GET of yes or no: who it is about, all that is known, and what follows. Nothing is done yet. @throws Refusal 404 */
async function checkPage(context: PersonContext, requestId: string, act: 'release' | 'refusal'): Promise<Page> {
  const request = await requestOf(context, requestId)
  const shown = await personShown(context, request.accountId)
  const wrong = request.endedAt
    ? 'over'
    : request.own
      ? 'own'
      : request.adminOnly
        ? 'adminOnly'
        : act === 'release' && request.mine
          ? 'twice'
          : null
  if (wrong) return again(await resetsPage(context), { '': { key: `staff.resets.${wrong}` } }, 409)
  return page(resetCheckView, {
    request,
    act,
    name: request.name,
    person: shown,
    last: request.releases.length > 0,
  })
}

async function says(context: PersonContext, requestId: string, act: 'release' | 'refusal'): Promise<Answer> {
  const { name } = await requestOf(context, requestId)
  const outcome = act === 'release' ? await release(context, requestId) : await refuse(context, requestId)
  if (outcome !== 'released' && outcome !== 'half' && outcome !== 'refused')
    return again(await resetsPage(context), { '': { key: `staff.resets.${outcome}` } }, 409)
  context.browser.flash(text(`staff.resets.${outcome}`, { name }))
  return see('/staff/resets')
}

const one = z.strictObject({ id: id() })

/** Who lost everything and waits for two of the firm's people. */
export const resetRoutes: Route[] = [
  get('/resets', decideResets, nothing, resetsPage),
  ...(['release', 'refusal'] as const).flatMap((act) => [
    get(`/resets/:id/${act}`, decideResets, one, (context, { id: requestId }) => checkPage(context, requestId, act)),
    post(`/resets/:id/${act}`, decideResets, one, (context, { id: requestId }) => says(context, requestId, act)),
  ]),
]
