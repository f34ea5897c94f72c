import { z } from 'zod'
import { page, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { get, nothing, type Route } from '../../tenancy/route.ts'
import { acceptedBy } from './terms.ts'
import { ownView } from './views.ts'

/** What somebody agreed to: the text as they read it. @throws Refusal 404 for a version they did not agree to */
async function ownPage(context: PersonContext, version?: string): Promise<Page> {
  const all = await acceptedBy(context, context.person.id)
  const accepted = version === undefined ? all[0] : all.find((each) => each.version === version)
  if (!accepted) throw notFound()
  return page(ownView, {
    accepted,
    others: all.flatMap((each) =>
      each === accepted ? [] : [{ version: each.version, href: `/terms/${each.version}` }],
    ),
  })
}

const Version = z.strictObject({ version: z.iso.date() })

export const routes: Route[] = [
  get('/', 'signedIn', nothing, (context) => ownPage(context)),
  get('/:version', 'signedIn', Version, (context, { version }) => ownPage(context, version)),
]
