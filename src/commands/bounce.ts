import { readBounce } from '../platform/outbox/bounce.ts'
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
  for (const tenant of services.tenants.all) {
    const outcome = await mailReturned(unattendedContext(services, tenant, emOf(services.orm, tenant.id)), messageId)
    if (outcome === 'marked')
      return `Mail ${messageId} of ${tenant.slug} came back: the address is marked, and the firm's people see it.`
    if (outcome === 'elsewhere')
      return `Mail ${messageId} of ${tenant.slug} came back, but the person has another address by now; nothing changed.`
  }
  return `Mail ${messageId} is unknown here; nothing changed.`
}
