import { readBounce } from './platform/outbox/bounce.ts'
import { emOf } from './tenancy/tenants.ts'
import type { House } from './tenancy/house.ts'
import { unattendedVisit } from './tenancy/visit.ts'
import { mailReturned } from './rooms/accounts/index.ts'

/** Takes in a delivery report as a mail server pipes it, at whichever firm the mail was from. @returns what came of it, in words for the server's log */
export async function takeBounce(house: House, raw: string): Promise<string> {
  const bounce = await readBounce(raw)
  if (!bounce) return 'This is no delivery report about a mail of ours; nothing changed.'
  const { messageId, verdict } = bounce
  if (verdict === 'temporary') return `Mail ${messageId} is late or came back for now; nothing changed.`
  if (verdict === 'other')
    return `Mail ${messageId} was refused, but not because of its address; nothing changed. Look at the report.`
  for (const tenant of house.tenants.all) {
    const outcome = await mailReturned(unattendedVisit(house, tenant, emOf(house.orm, tenant.id)), messageId)
    if (outcome === 'marked')
      return `Mail ${messageId} of ${tenant.slug} came back: the address is marked, and the firm's people see it.`
    if (outcome === 'elsewhere')
      return `Mail ${messageId} of ${tenant.slug} came back, but the person has another address by now; nothing changed.`
  }
  return `Mail ${messageId} is unknown here; nothing changed.`
}
