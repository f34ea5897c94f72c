import type { Request, Response } from 'express'
import type { Answer } from '../platform/http/answer.ts'
import { notFound, notFromHere } from '../platform/http/errors.ts'
import { formOwner } from '../platform/http/form-token.ts'
import { languageOf } from '../platform/i18n/language.ts'
import { languages } from '../platform/i18n/texts.ts'
import type { Context } from '../tenancy/context.ts'
import { read, typedForm } from '../tenancy/input.ts'
import type { Route } from '../tenancy/route.ts'
import type { Services } from '../tenancy/services.ts'
import type { Tenant } from '../tenancy/tenants.ts'
import { authorize, withDraft } from './authorize.ts'
import { factsOf } from './facts.ts'
import { contextOf } from './request-context.ts'

/** What a request gets, and for whom: a context, or only a firm or nobody where no context could be made. */
export interface Outcome {
  reader: Context | Tenant | null
  answer: Answer
  /** The route did not get to answer: who asked is led elsewhere first. */
  ledAway?: boolean
}

/**
 * A request at its route: who asks (authorization), what was sent (the route's schema), and what the module answers.
 * @param isPage a page can be looked at under the address of this route
 * @throws Refusal
 */
export async function respond(
  services: Services,
  route: Route,
  isPage: boolean,
  request: Request,
  response: Response,
): Promise<Outcome> {
  const { tenant, browser } = factsOf(response)
  const form = formOwner(request, browser)
  if (route.level === 'installation') {
    if (form.of !== 'this') throw notFromHere()
    // A list of routes takes handlers of every level, so what this one is handed has no type here: `Route` ties level
    // and schema to what its handler gets, and `authorize` below is what makes it true.
    const context = {
      services,
      now: services.clock.now(),
      language: languageOf(request, tenant?.policy.languages ?? languages, browser),
      tenant,
    } as never // see above
    return { reader: tenant, answer: await route.handle(context, read(route, request) as never) } // see above
  }
  if (!tenant) throw notFound()
  const context = contextOf(services, tenant, request, response)
  const page = () => context.facts.stoodOn ?? (isPage ? context.facts.path : null)
  const attempt = { method: request.method, form, typed: () => typedForm(route, request, page()) }
  const elsewhere = await authorize(context, { level: route.level, permission: route.permission }, attempt)
  if (elsewhere) return { reader: context, answer: elsewhere, ledAway: true }
  const answer = await route.handle(context as never, read(route, request) as never) // as above
  return { reader: context, answer: isLooking(context, request) ? await withDraft(context, answer) : answer }
}

/** Whether a person looks at a page now, and no program ahead of them (Fetch, Sec-Purpose). */
const isLooking = ({ facts }: Context, request: Request): boolean =>
  request.method === 'GET' && !facts.part && !facts.background && !request.get('sec-purpose')?.includes('prefetch')
