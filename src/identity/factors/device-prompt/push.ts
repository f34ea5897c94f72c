import { z } from 'zod'
import type { Bound } from '../../../platform/db/tables.ts'
import { isPushService } from '../../../platform/outbox/push-services.ts'
import { sendPush } from '../../../tenancy/outbox.ts'
import type { Context } from '../../../tenancy/context.ts'
import type { Owner } from '../factor.ts'
import { setPush } from './store.ts'

/** The addresses and keys a browser may give (Push API, RFC 8291 §2). */
const subscription = z.strictObject({
  endpoint: z.string().max(1000),
  keys: z.strictObject({ p256dh: z.string().regex(/^[\w-]{87}=?$/), auth: z.string().regex(/^[\w-]{22}(==)?$/) }),
})

/** Where the signal leads. */
const page = '/approve'

/**
 * Keeps, sealed, where a device's browser can be woken, or forgets it; in the caller's transaction.
 * @param text the subscription as JSON; '' to be woken no more. @returns false for what is no subscription of a push service we know: nothing is ever sent elsewhere
 */
export async function saveSubscription(context: Context, deviceId: string, text: string): Promise<boolean> {
  if (!text) return setPush(context, deviceId, null)
  const { push } = context.services.config
  const read = subscription.safeParse(parsed(text))
  if (!push || !read.success || !isPushService(push.services, read.data.endpoint)) return false
  const sealed = context.tenant.vault.seal(
    context.associatedData('approver', 'push', deviceId),
    JSON.stringify(read.data),
  )
  return setPush(context, deviceId, sealed)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not what a browser gives: refused like any other odd text.
    return null
  }
}

/** Wakes the devices that wanted it, as long as the question can be answered. In the caller's transaction. */
export async function wake(
  context: Context,
  owner: Owner,
  devices: { id: string; push: string | null }[],
  until: Date,
): Promise<void> {
  if (!context.services.config.push) return
  for (const { id, push } of devices) {
    const subscription = push && context.unseal('approver', 'push', id, push)
    if (subscription)
      await sendPush(context, { id: owner.id, device: id, subscription, language: owner.language }, 'approval', {
        link: page,
        notAfter: until,
      })
  }
}

/** Forgets where a device could be woken: its browser wants it no more. */
export async function forgetSubscription(at: Bound, deviceId: string): Promise<void> {
  await setPush(at, deviceId, null)
}
