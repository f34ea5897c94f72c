export type Kind = 'mail' | 'sms' | 'letter' | 'push'

/** What is said to whom; sealed in the row, wiped when it is settled. */
export interface Content {
  /** Mail address, phone number in E.164, or the subscription of a browser as JSON. */
  to: string
  text: string
  subject?: string
  html?: string
  /** Name shown as the sender of a mail; the address is the installation's. */
  senderName?: string
  /** Which of somebody's devices a signal goes to. */
  about?: string
}

/** A message this process has for now. */
export interface Due {
  tenantId: string
  id: string
  kind: Kind
  /** Including the one for which it is leased now. */
  attempts: number
  /** The other side took it, but the process ended before it was written down as sent. */
  handed: boolean
}

/** A message of the outbox, still sealed. */
export interface OutboxRow extends Due {
  purpose: string
  recipient: string
  payload: string
  accountId: string | null
  createdAt: Temporal.Instant
  notAfter: Temporal.Instant | null
}

/** A message this process may send now, with the way to read it. */
export interface Leased extends OutboxRow {
  open(): Content | Promise<Content>
}

export interface Message extends Content {
  id: string
  tenantId: string
  kind: Kind
  purpose: string
}

export type Outcome =
  | { state: 'sent' }
  | { state: 'retry'; at: Temporal.Instant; reason: string }
  /** `badAddress`: the address itself was refused, not our server or what it sent. */
  | { state: 'failed'; reason: string; badAddress?: boolean }

/** Hands one message over to the outside. Every attempt bears the same id. */
export interface Transport {
  /** @throws Undeliverable when trying again is useless; any other error is tried again */
  send(message: Message): Promise<void>
  close?(): Promise<void>
}

/** The message is refused for good. The reason names no person and no number: it is shown to staff. */
export class Undeliverable extends Error {
  override name = 'Undeliverable'
  /** The address itself does not work; not our server, and not what the message says. */
  readonly badAddress: boolean
  constructor(reason: string, { badAddress = false } = {}) {
    super(reason)
    this.badAddress = badAddress
  }
}

/** Not delivered now, perhaps later. The reason names no person and no number. */
export class Postponed extends Error {
  override name = 'Postponed'
}
