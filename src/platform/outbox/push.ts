import webPush from 'web-push'
import { Postponed, Undeliverable, type Message, type Transport } from './message.ts'
import { isPushService, type PushConfig } from './push-services.ts'

const PATIENCE_MS = 10_000
/** A signal that cannot be handed over at once is of no use for longer than this. In seconds. */
const TTL = 120
/** Answers that are about this moment (RFC 8030 §8.4), not about the subscription. */
const TRY_AGAIN = new Set([408, 425, 429])
/** The subscription is no more (RFC 8030 §7.3). */
const GONE = new Set([404, 410])

/** What a browser gives when it wants to be woken (Push API). */
export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/**
 * Signals to browsers: encrypted for the browser alone (RFC 8291), urgent, signed with our keys.
 * @param gone is told of a subscription that is no more, so that it is forgotten
 */
export function createPush({
  push,
  gone,
  patience = PATIENCE_MS,
}: {
  push: PushConfig
  gone: (message: Message) => Promise<void>
  patience?: number
}): Transport {
  const vapidDetails = { subject: push.subject, publicKey: push.publicKey, privateKey: push.privateKey() }
  return {
    async send(message) {
      const subscription = JSON.parse(message.to) as Subscription
      // Looked at again: the list may have become shorter since the browser asked.
      if (!isPushService(push.services, subscription.endpoint)) throw new Undeliverable('not a push service we know')
      const { method, headers, body, endpoint } = webPush.generateRequestDetails(subscription, message.text, {
        vapidDetails,
        TTL,
        urgency: 'high',
        contentEncoding: 'aes128gcm',
      })
      const status = await statusOf(endpoint, {
        method,
        headers: headers,
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(patience),
      })
      if (status >= 200 && status < 300) return
      if (GONE.has(status)) await gone(message)
      const final = status >= 400 && status < 500 && !TRY_AGAIN.has(status)
      throw final
        ? new Undeliverable(`push service answered ${status}`)
        : new Postponed(`push service answered ${status}`)
    },
  }
}

async function statusOf(endpoint: string, init: RequestInit): Promise<number> {
  try {
    // A redirect would lead away from the services we know.
    const response = await fetch(endpoint, { ...init, redirect: 'error' })
    await response.body?.cancel()
    return response.status
  } catch (cause) {
    const { name, cause: deeper } = cause as Error & { cause?: NodeJS.ErrnoException }
    throw new Postponed(
      `push service ${name === 'TimeoutError' ? 'did not answer in time' : `cannot be reached (${deeper?.code ?? name})`}`,
    )
  }
}
