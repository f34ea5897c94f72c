import PostalMime from 'postal-mime'
import { addressFails } from './address-fails.ts'

/** What a delivery report says of one of our mails. `other`: failed, but not because of the address; null: it is no such report, or names no mail. */
export interface Bounce {
  messageId: string
  /** The firm it was from; null where the mail does not say it, as those of earlier releases. */
  tenantId: string | null
  verdict: 'failed' | 'temporary' | 'other'
}

const field = (block: string, name: string) => new RegExp(`^${name}:\\s*(\\S+)`, 'im').exec(block)?.[1] ?? ''

/** The fields of each recipient (RFC 3464 §2.3), after those of the message as a whole. */
function verdictOf(status: string): Bounce['verdict'] {
  const failed = status
    .split(/\r?\n\s*\r?\n/)
    .filter((block) => field(block, 'Action').toLowerCase() === 'failed')
    .map((block) => field(block, 'Status'))
  if (failed.some(addressFails)) return 'failed'
  return failed.some((code) => code.startsWith('5.')) ? 'other' : 'temporary'
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** The Message-ID of a mail of ours: the message, and the firm (`createSmtp`). */
const ours = new RegExp(String.raw`^Message-ID:\s*<(${uuid})(?:\.(${uuid}))?@`, 'im')

/**
 * Reads a delivery status notification (RFC 3464, multipart/report) as a mail server hands it over, and finds the mail
 * it is about in the headers that come back with it (RFC 3462 §2).
 * @returns null for anything else: an answer of a person, or a report that does not say which mail
 */
export async function readBounce(raw: string): Promise<Bounce | null> {
  const { attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'utf8', forceRfc822Attachments: true })
  const part = (...types: string[]) => attachments.find(({ mimeType }) => types.includes(mimeType))?.content
  const status = part('message/delivery-status', 'message/global-delivery-status')
  const returned = part('message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers')
  if (typeof status !== 'string' || typeof returned !== 'string') return null
  const [headers = ''] = returned.split(/\r?\n\r?\n/, 1)
  // Long headers are folded: the id may stand on the next line.
  const [, messageId, tenantId] = ours.exec(headers) ?? []
  if (!messageId) return null
  return { messageId: messageId.toLowerCase(), tenantId: tenantId?.toLowerCase() ?? null, verdict: verdictOf(status) }
}
