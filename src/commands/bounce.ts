import { readBounce, type Bounce } from '../platform/outbox/bounce.ts'
import type { KnownTenant } from '../tenancy/directory.ts'
import { wasSent } from '../tenancy/outbox-store.ts'
import { emOf } from '../tenancy/tenants.ts'
import type { Services } from '../tenancy/services.ts'
import { unattendedContext } from '../tenancy/context.ts'
import { mailReturned } from '../identity/accounts/index.ts'

/** Takes in a delivery report as a mail server pipes it, at whichever firm the mail was from. @returns what came of it, in words for the server's log */
export async function takeBounce(services: Services, raw: string): Promise<string> {
  const bounce = await readBounce(raw)
  if (!bounce) return 'This is no delivery report about a mail of ours; nothing changed.'
  const { messageId, verdict } = bounce
  if (verdict === 'temporary') return `Mail ${messageId} is late or came back for now; nothing changed.`
  if (verdict === 'other')
    return `Mail ${messageId} was refused, but not because of its address; nothing changed. Look at the report.`
  const known = await senderOf(services, bounce)
  const tenant = known && (await services.tenants.byId(known.id))
  if (!tenant) return `Mail ${messageId} is unknown here; nothing changed.`
  const outcome = await mailReturned(unattendedContext(services, tenant, emOf(services.orm, tenant.id)), messageId)
  switch (outcome) {
    case 'marked':
      return `Mail ${messageId} of ${tenant.slug} came back: the address is marked, and the firm's people see it.`
    case 'elsewhere':
      return `Mail ${messageId} of ${tenant.slug} came back, but the person has another address by now; nothing changed.`
    case 'unknown':
      return `Mail ${messageId} is unknown here; nothing changed.`
  }
}

/**
 * The firm that sent it. Mails of earlier releases do not say it: for those the firms are asked, without loading them.
 */
async function senderOf({ tenants, orm }: Services, { messageId, tenantId }: Bounce): Promise<KnownTenant | null> {
  if (tenantId) return tenants.knownById(tenantId)
  for (const known of tenants.known) if (await wasSent({ em: emOf(orm, known.id) }, messageId)) return known
  return null
}
