import type { MikroORM } from '@mikro-orm/postgresql'
import { toDate, type Clock } from './platform/clock.ts'
import type { Config } from './platform/config/config.ts'
import type { Log } from './platform/log/log.ts'
import type { Metrics } from './platform/log/metrics.ts'
import { createDelivery, type Delivery } from './platform/outbox/delivery.ts'
import { createStoreTransport } from './platform/outbox/store-transport.ts'
import { freshEm } from './platform/db/database.ts'
import {
  Undeliverable,
  type Content,
  type Kind,
  type Leased,
  type Message,
  type Outcome,
  type OutboxRow,
  type Transport,
} from './platform/outbox/message.ts'
import type { Bound } from './platform/db/tables.ts'
import { createPush } from './platform/outbox/push.ts'
import { createSms } from './platform/outbox/sms.ts'
import { createSmtp, type Inline } from './platform/outbox/smtp.ts'
import { logoName } from './tenancy/outbox.ts'
import { forgetDue, markHanded, readMessage, renewLease, recordOutcome, takeDue } from './tenancy/outbox-store.ts'
import type { Services } from './tenancy/services.ts'
import { emOf, type Tenant, type Tenants } from './tenancy/tenants.ts'
import { mailArrived, mailFailed } from './identity/accounts/index.ts'
import type { KeptMessage } from './modules/development/message.ts'
import { saveMessage } from './modules/development/store.ts'
import { forgetSubscription } from './identity/factors/index.ts'

interface Parts {
  config: Config
  clock: Clock
  log: Log
  orm: MikroORM
  tenants: Tenants
  presentation: Services['presentation']
  metrics: Pick<Metrics, 'delivery'>
}

/** The worker of the outbox: takes what is due, of whichever firm, and hands it on; what it says is read in that firm's own context. */
export function openOutbox(parts: Parts): Delivery {
  const { config, clock, log, orm, tenants } = parts
  const overAll = atNoFirm(orm)
  return createDelivery({
    clock,
    log,
    lease: leasing(parts, overAll),
    record: recording(parts),
    renew: (row) => renewLease(overAll, row, clock.now()),
    handed: (row) => markHanded(overAll, row, clock.now()),
    transports: transports(
      config,
      (message) => saveMessage(orm, kept(message, tenants, clock)),
      (message) => forgetSubscription(within(orm, message.tenantId), message.about ?? ''),
      logoOf(parts),
    ),
  })
}

const within = (orm: MikroORM, tenantId: string): Bound => ({ em: emOf(orm, tenantId) })
/** At no firm: sees what is due at all of them. Statements only, so that one does for all. */
const atNoFirm = (orm: MikroORM): Bound => ({ em: freshEm(orm) })

const open = ({ vault, id }: Tenant, row: OutboxRow): Content =>
  JSON.parse(vault.open([id, 'outbox_message', 'payload', row.id].join('|'), row.payload)) as Content

/** Takes the next message that is due; null when there is none. */
function leasing({ clock, orm, tenants }: Parts, overAll: Bound) {
  const next = (kind: Kind) => takeDue(overAll, { kind, now: clock.now() })
  return async (kind: Kind): Promise<Leased | null> => {
    for (let due = await next(kind); due; due = await next(kind)) {
      const at = within(orm, due.tenantId)
      const row = await readMessage(at, due)
      const tenant = row && (await tenants.byId(due.tenantId))
      if (row && tenant) return { ...row, open: () => open(tenant, row) }
      // Its firm is served no more, or not yet: it keeps nobody waiting.
      const later = { state: 'retry', at: clock.now().add({ hours: 1 }), reason: 'the firm is not served' } as const
      await (row ? recordOutcome(at, due, later, clock.now()) : forgetDue(at, due))
    }
    return null
  }
}

/** What became of a message, and what that says of somebody's address, in one transaction. */
function recording({ clock, orm, tenants, metrics }: Parts) {
  return async (row: OutboxRow, outcome: Outcome): Promise<void> => {
    const tenant = await tenants.byId(row.tenantId)
    await emOf(orm, row.tenantId).transactional(async (em) => {
      const ours = await recordOutcome({ em }, row, outcome, clock.now())
      if (ours) metrics.delivery(row.kind, outcome.state)
      if (!ours || !tenant || row.kind !== 'mail') return
      const where = { tenant, em, at: toDate(clock.now()) }
      if (outcome.state === 'sent') await mailArrived(where, row)
      if (outcome.state === 'failed' && outcome.badAddress) await mailFailed(where, row)
    })
  }
}

/** The firm's logo, sent along with what shows it: kept once here, not with each message in the database. */
function logoOf({ tenants, presentation }: Parts) {
  return async (message: Message): Promise<Inline[]> => {
    const tenant = await tenants.byId(message.tenantId)
    const logo = tenant && (await presentation(tenant).logo())
    return logo ? [{ name: logoName, type: 'image/png', bytes: logo.png }] : []
  }
}

/** As the development outbox keeps it. */
const kept = (message: Message, tenants: Tenants, clock: Clock): KeptMessage => ({
  id: message.id,
  tenant: tenants.knownById(message.tenantId)?.slug ?? '',
  kind: message.kind,
  to: message.to,
  subject: message.subject ?? '',
  text: message.text,
  html: message.html ?? '',
  at: toDate(clock.now()),
})

/** Where nothing is configured in production: said in the log and to staff, never kept in the open. */
const nowhere: Transport = {
  send: () => Promise.reject(new Undeliverable('there is no way to send this kind of message')),
}

/** Mail by SMTP and SMS by the gateway where they are configured; else, in development only, kept for the development pages. */
function transports(
  config: Config,
  save: (message: Message) => Promise<void>,
  forget: (message: Message) => Promise<void>,
  inline: (message: Message) => Promise<Inline[]>,
): Record<Kind, Transport> {
  const smtp = config.smtpUrl()
  const { sms } = config
  const otherwise = config.production ? nowhere : createStoreTransport(save)
  return {
    mail: smtp ? createSmtp({ url: smtp, from: config.mailFrom, inline }) : otherwise,
    sms: sms
      ? createSms({ preset: sms.preset, url: sms.url(), user: sms.user, password: sms.password(), from: sms.from })
      : otherwise,
    letter: otherwise,
    push: config.push ? createPush({ push: config.push, gone: forget }) : otherwise,
  }
}
