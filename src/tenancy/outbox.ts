import type { Language } from './policy.ts'
import type { Tenant } from './tenants.ts'
import type { Visit } from './visit.ts'

/** Who a message is for; the language is theirs, whoever caused the message. */
export interface Recipient { id: string; email: string; language: Language }

/** What a mail says: texts of `views/mail` under `<purpose>.subject`, `.body` (paragraphs apart by a blank line) and `.button`. */
export interface Mail {
  purpose: string
  params?: Record<string, string | number>
  /** Address below the firm's own, for the button. */
  link?: string
  notAfter?: Date
}

type Row = { kind: 'mail' | 'sms' | 'letter' | 'push'; purpose: string; accountId: string | null; to: string; subject: string; text: string; html: string; notAfter: Date | null; about?: string }

/** What expires within this goes before what has a day: somebody waits for it in front of a page. */
const urgentWithin = 'PT1H'

/** By which an address is known again when a mail to it comes back, and by nothing else: the address itself is wiped with the message. */
export const recipientMark = (tenant: Tenant, address: string): string => tenant.vault.mac('recipient', address)

/** Puts a message in the outbox, in the transaction of the act; sealed until it has gone, wiped after. */
async function put(visit: Visit, row: Row): Promise<void> {
  const id = crypto.randomUUID()
  const payload = JSON.stringify({ to: row.to, subject: row.subject, text: row.text, html: row.html, senderName: visit.policy.name, ...(row.about && { about: row.about }) })
  await visit.query(
    `with message as (insert into outbox_message (tenant_id, id, kind, purpose, account_id, recipient, payload, created_at, not_after)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning tenant_id, id, kind, created_at)
     insert into outbox_due (tenant_id, message_id, kind, urgent, due_at) select tenant_id, id, kind, ?, created_at from message`,
    [visit.tenant.id, id, row.kind, row.purpose, row.accountId, row.kind === 'mail' ? recipientMark(visit.tenant, row.to) : '',
      visit.tenant.vault.seal(visit.place('outbox_message', 'payload', id), payload), visit.at, row.notAfter,
      row.notAfter !== null && row.notAfter <= visit.from(urgentWithin)])
  visit.posted()
}

/** A mail in the person's language and the firm's look, as text and as HTML. */
export async function sendMail(visit: Visit, to: Recipient, { purpose, params = {}, link, notAfter }: Mail): Promise<void> {
  const front = visit.house.front(visit.tenant)
  const t = front.texts.translator(to.language, { firm: visit.policy.name, ...params })
  const say = (part: string) => front.texts.has(to.language, `mail.${purpose}.${part}`) ? t(`mail.${purpose}.${part}`) : null
  const subject = t(`mail.${purpose}.subject`)
  const data = {
    lang: to.language, t, title: subject, contact: visit.policy.contact, firm: visit.policy.name, brand: front.brand,
    paragraphs: t(`mail.${purpose}.body`).split(/\n\n+/), after: say('after')?.split(/\n\n+/) ?? [], code: params.code ?? null,
    button: link ? { href: `${visit.tenant.origin}${link}`, text: t(`mail.${purpose}.button`) } : null,
  }
  await put(visit, { kind: 'mail', purpose, accountId: to.id, to: to.email, subject, notAfter: notAfter ?? null,
    text: front.views.render('mail/text', null, data as never), html: front.views.render('mail/html', null, data as never) })
}

/** An SMS that tells something and leads to a page: no code in it. */
export async function sendSmsText(visit: Visit, to: { id: string; number: string; language: Language }, purpose: string, { link, params = {} }: Pick<Mail, 'params'> & { link: string }): Promise<void> {
  const t = visit.house.front(visit.tenant).texts.translator(to.language, { firm: visit.policy.name, ...params })
  const text = t(`mail.sms.${purpose}`, { link: `${visit.tenant.origin}${link}` })
  await put(visit, { kind: 'sms', purpose, accountId: to.id, to: to.number, subject: '', text, html: '', notAfter: null })
}

/** An SMS; a code's last line binds it to our address, so that phones offer it there and nowhere else (WICG origin-bound one-time codes). */
export async function sendSms(visit: Visit, to: { id: string; number: string; language: Language }, code: string, notAfter: Date): Promise<void> {
  const t = visit.house.front(visit.tenant).texts.translator(to.language, { firm: visit.policy.name, code })
  const text = `${t('mail.sms.code')}\n@${new URL(visit.tenant.origin).hostname} #${code}`
  await put(visit, { kind: 'sms', purpose: 'code', accountId: to.id, to: to.number, subject: '', text, html: '', notAfter })
}

/**
 * A signal to a browser that asked for it (Web Push, RFC 8030): that something waits, and where; never what.
 * @param to.subscription what the browser gave, as JSON. @param to.device which of their devices it is, so that a dead one can be forgotten
 */
export async function sendPush(visit: Visit, to: { id: string; device: string; subscription: string; language: Language }, purpose: string, { link, notAfter }: { link: string; notAfter: Date }): Promise<void> {
  const t = visit.house.front(visit.tenant).texts.translator(to.language, { firm: visit.policy.name })
  const text = JSON.stringify({ title: visit.policy.name, body: t(`mail.push.${purpose}`), url: `${visit.tenant.origin}${link}` })
  await put(visit, { kind: 'push', purpose, accountId: to.id, to: to.subscription, subject: '', text, html: '', notAfter, about: to.device })
}
