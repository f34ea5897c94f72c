import { freshEm } from './platform/db/database.ts'
import { countDue, oldestDue } from './tenancy/outbox-store.ts'
import type { Services } from './tenancy/services.ts'

/** What waits in the outbox over all firms, by kind of message. */
async function waiting({ orm }: Services): Promise<Record<string, number>> {
  const rows = await countDue({ em: freshEm(orm) })
  return { mail: 0, sms: 0, letter: 0, push: 0, ...Object.fromEntries(rows.map(({ kind, n }) => [kind, n])) }
}

/** How long the oldest of them waits, in seconds. */
async function oldest({ orm, clock }: Services): Promise<Record<string, number>> {
  const since = await oldestDue({ em: freshEm(orm) })
  const now = clock.now().epochMilliseconds
  return { all: (now - (since?.getTime() ?? now)) / 1000 }
}

/** Names what can be asked of this installation at any moment. What is counted as it happens is counted where it happens. */
export function measure(services: Services): void {
  const { metrics, hasher } = services
  metrics.gauge(
    'portal_password_hashes',
    'Passwords that are checked at this moment, and that wait for it',
    'state',
    () => ({ ...hasher.load() }),
  )
  metrics.gauge('portal_outbox_messages', 'Messages not sent yet', 'kind', () => waiting(services))
  metrics.gauge('portal_outbox_oldest_seconds', 'How long the oldest message that is not sent yet waits', 'of', () =>
    oldest(services),
  )
  metrics.gauge(
    'portal_firms',
    'Firms that are served, those of them that are loaded, and those with files that are wrong',
    'state',
    () => services.tenants.count(),
  )
}
