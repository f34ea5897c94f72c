import type { InstallationContext } from '../../tenancy/context.ts'
import { firmsShown, password, whoCanSignIn } from './people.ts'
import { page, type Page } from '../../platform/http/answer.ts'
import { firmsView } from './views.ts'

/** The installation's first page: every firm, where it lives, and who can sign in there. */
export async function firmsPage({ services }: InstallationContext): Promise<Page> {
  const people = await whoCanSignIn(services)
  const { firms: shown, more } = await firmsShown(services)
  const firms = shown.map((tenant) => ({
    // The small mark, not the logo: that one is drawn for the firm's own header.
    slug: tenant.slug,
    name: tenant.policy.name,
    href: tenant.origin,
    mark: services.presentation(tenant).addresses('icon.svg'),
    identifier: tenant.policy.signIn.identifier,
    people: people.filter((person) => person.tenant === tenant.slug),
  }))
  return page(firmsView, { firms, more, password, languages: [] })
}
