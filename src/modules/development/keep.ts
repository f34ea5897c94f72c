import type { MikroORM } from '@mikro-orm/postgresql'
import { freshEm } from '../../platform/db/database.ts'

/** A message as the development outbox shows it. `tenant` is the firm's slug; an SMS has no subject and no html. */
export interface KeptMessage {
  id: string
  tenant: string
  kind: 'mail' | 'sms' | 'letter' | 'push'
  to: string
  subject: string
  text: string
  html: string
  at: Date
}

const columns = 'id, tenant, kind, "to", subject, text, html, at'

/** Keeps a message instead of sending it. A second attempt with the same id changes nothing. */
export async function keepMessage(orm: MikroORM, message: KeptMessage): Promise<void> {
  const { id, tenant, kind, to, subject, text, html, at } = message
  await freshEm(orm).execute(
    `insert into dev_message (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
    [id, tenant, kind, to, subject, text, html, at],
  )
}

/** The newest messages first; within one moment, by the order in which they came. */
export async function keptMessages(orm: MikroORM, most: number): Promise<KeptMessage[]> {
  const rows = await freshEm(orm).execute<(Omit<KeptMessage, 'at'> & { at: string })[]>(
    `select ${columns} from dev_message order by at desc, seq desc limit ?`,
    [most],
  )
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}

/** One message, or null. */
export async function keptMessage(orm: MikroORM, id: string): Promise<KeptMessage | null> {
  const [row] = await freshEm(orm).execute<(Omit<KeptMessage, 'at'> & { at: string })[]>(
    `select ${columns} from dev_message where id = ?`,
    [id],
  )
  return row ? { ...row, at: new Date(row.at) } : null
}
