/** Web Push (RFC 8030), with the keys by which push services know us (VAPID, RFC 8292). */
export interface PushConfig {
  readonly publicKey: string
  readonly privateKey: () => string
  /** Whom they can reach about it: mailto: or https:. */
  readonly subject: string
  /** Where a signal may go. */
  readonly services: readonly string[]
}

/** The push services of the browsers there are; a signal goes nowhere else, whatever a browser says. */
export const pushServices = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
]

/** One on this machine, for development. */
export const localService = 'http://localhost:'
/** A host, with a star for any sub-domain; or one on this machine. */
export const serviceShape = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$|^http:\/\/localhost:\d+$/

/** Whether an endpoint belongs to one of the push services: https at its usual port, no name or password in it. */
export function isPushService(services: readonly string[], endpoint: string): boolean {
  const url = URL.parse(endpoint)
  if (!url || url.username || url.password) return false
  const fits = (host: string) => (host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host)
  return services.some((each) =>
    each.startsWith(localService) ? url.origin === each : url.protocol === 'https:' && url.port === '' && fits(each),
  )
}
