import type { Services } from '../../tenancy/services.ts'
import { logoName } from '../../tenancy/outbox.ts'
import type { InstallationContext } from '../../tenancy/context.ts'
import { appCodes } from './app-codes.ts'
import type { KeptMessage } from './message.ts'
import { keptMessages } from './store.ts'
import { page, type Page } from '../../platform/http/answer.ts'
import { outboxView, type MessageShown, type Stretch } from './views.ts'

/** As many as fit on a page, and as many as a program gets. */
export const most = { page: 50, json: 1000 }

const address = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/

/** The text in stretches, its web addresses apart. Anything but http and https stays plain text. */
export function linked(text: string): Stretch[] {
  return text
    .split(address)
    .map((stretch, at) => ({ text: stretch, href: at % 2 ? stretch : null }))
    .filter((stretch) => stretch.text)
}

/** The outbox as a page shows it, newest first, and above it what the apps of the invented people show. */
export async function outboxPage(context: InstallationContext): Promise<Page> {
  return page(outboxView, {
    most: most.page,
    codes: await appCodes(context),
    messages: (await keptMessages(context.services.orm, most.page)).map(onPage),
  })
}

/** The outbox for a program, newest first; `at` is ISO 8601. */
export async function outboxJson({ services }: InstallationContext): Promise<object[]> {
  return (await keptMessages(services.orm, most.json)).map((message) => ({ ...message, at: message.at.toISOString() }))
}

/** One message for the page. */
export const onPage = (message: KeptMessage): MessageShown => ({
  id: message.id,
  tenant: message.tenant,
  kind: message.kind,
  to: message.to,
  subject: message.subject,
  at: message.at,
  lines: message.text
    .split('\n')
    .filter((line) => line.trim())
    .map(linked),
  preview: message.html ? `/dev/outbox/${message.id}/html` : null,
})

/** The HTML of a mail with the firm's logo inside it: here nothing travels along. */
export async function withLogo({ presentation, tenants }: Services, { html, tenant }: KeptMessage): Promise<string> {
  const logo = await presentation(await tenants.bySlug(tenant)).logo()
  return logo ? html.replaceAll(`"cid:${logoName}"`, `"data:image/png;base64,${logo.png.toString('base64')}"`) : html
}
