import { createTransport } from 'nodemailer'
import { refusesAddress } from './address-fails.ts'
import { Postponed, Undeliverable, type Message, type Transport } from './message.ts'

/** In milliseconds; together well within a row's lease. */
const PATIENCE = { connectionTimeout: 8000, greetingTimeout: 8000, socketTimeout: 15_000, dnsTimeout: 5000 }
const CONNECTIONS = 5
/** The server wants a sign-in before it looks at the mail (RFC 4954 §6). */
const SIGN_IN_FIRST = 530

/** A picture inside a mail: the HTML shows it as `cid:<name>` (RFC 2392). */
export interface Inline {
  name: string
  type: string
  bytes: Buffer
}

/**
 * Mail through a server. `url` is SMTP_URL; except for a server on this machine STARTTLS is demanded, unless the
 * address says `?requireTLS=false`. `from` is MAIL_FROM; its domain also goes into the Message-ID.
 * `inline` gives the pictures of a message; only those its HTML shows are sent along.
 */
export function createSmtp({
  url,
  from,
  inline = async () => [],
}: {
  url: string
  from: string
  inline?: (message: Message) => Promise<Inline[]>
}): Transport {
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const address = new URL(url)
  if (!address.searchParams.has('requireTLS'))
    address.searchParams.set('requireTLS', String(!isThisMachine(address.hostname)))
  const server = createTransport({
    url: address.href,
    pool: true,
    maxConnections: CONNECTIONS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...PATIENCE,
  })
  return {
    async send(message) {
      try {
        await server.sendMail(envelope(message, from, domain, await inline(message)))
      } catch (error) {
        throw explain(error as SmtpError)
      }
    },
    async close() {
      server.close()
    },
  }
}

interface SmtpError extends Error {
  code?: string
  responseCode?: number
  /** The server's own words. */
  response?: string
  /** During which command. */
  command?: string
}

function envelope(
  { id, tenantId, to, subject = '', text, html, senderName }: Message,
  from: string,
  domain: string,
  inline: Inline[],
) {
  const shown = inline.filter(({ name }) => html?.includes(`"cid:${name}"`))
  return {
    from: senderName ? { name: senderName, address: from } : from,
    to: { name: '', address: to },
    // A delivery report says which firm it is about: nobody need ask them all.
    messageId: `<${id}.${tenantId}@${domain}>`,
    subject,
    text,
    ...(html ? { html } : {}),
    ...(shown.length
      ? {
          attachments: shown.map(({ name, type, bytes }) => ({
            filename: `${name}.png`,
            cid: name,
            contentType: type,
            content: bytes,
            contentDisposition: 'inline' as const,
          })),
        }
      : {}),
    // RFC 3834: nobody's holiday reply should answer this.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}

/**
 * 5xx about the mail or its recipient is final (RFC 5321 §4.2.1). A refused greeting, encryption or sign-in is our own
 * mistake, which somebody is going to mend.
 */
function explain({ code = 'error', responseCode, response = '', command }: SmtpError): Error {
  const reason = `SMTP ${responseCode ?? code}`
  const aboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const final = aboutTheMail && responseCode !== SIGN_IN_FIRST && (responseCode ?? 500) >= 500
  const badAddress = command === 'RCPT TO' && refusesAddress(responseCode ?? 0, response)
  return final ? new Undeliverable(reason, { badAddress }) : new Postponed(reason)
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
}
