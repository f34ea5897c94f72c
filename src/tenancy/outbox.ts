import { composedKey, say, type Translate } from '../platform/i18n/texts.ts'
import type { Language } from './policy.ts'
import type { Tenant } from './tenants.ts'
import type { MailKind } from './mail-kind.ts'
import type { Context } from './context.ts'
import { insertMessage } from './outbox-store.ts'

/** Who a message is for; the language is theirs, whoever caused the message. */
export interface Recipient {
  id: string
  email: string
  language: Language
}

/** A line that somebody keeps at hand or types over; its label is the text `mail.detail.<name>`. */
export type MailDetails = Partial<Record<'address' | 'username' | 'email' | 'password' | 'secondStep', string>>

/**
 * What a mail says: texts of `views/mail` under `<purpose>.subject`, `.body` (paragraphs apart by a blank line),
 * `.button` and `.after`. A text may say {way}: "button" in the HTML, "link" in the text part, which has no buttons.
 */
export interface Mail<Param extends string = string> {
  kind: MailKind<Param>
  params: Record<Param, string | number>
  details?: MailDetails
  /** Address below the firm's own, for the button. */
  link?: string
  notAfter?: Date
}

/** Where a mail that lets nobody in leads: the page to sign in, in the reader's language. */
export const signInAddress = (language: Language): string => `/sign-in?language=${language}`

type Row = {
  kind: 'mail' | 'sms' | 'letter' | 'push'
  purpose: string
  accountId: string | null
  to: string
  subject: string
  text: string
  html: string
  notAfter: Date | null
  about?: string
}

/** What expires within this goes before what has a day: somebody waits for it in front of a page. */
const urgentWithin = 'PT1H'

/** By which an address is known again when a mail to it comes back, and by nothing else: the address itself is wiped with the message. */
export const recipientMark = (tenant: Tenant, address: string): string => tenant.vault.mac('recipient', address)

/** Puts a message in the outbox, in the transaction of the act; sealed until it has gone, wiped after. */
async function put(context: Context, row: Row): Promise<void> {
  const id = crypto.randomUUID()
  const payload = JSON.stringify({
    to: row.to,
    subject: row.subject,
    text: row.text,
    html: row.html,
    senderName: context.policy.name,
    ...(row.about && { about: row.about }),
  })
  await insertMessage(
    context,
    {
      tenant_id: context.tenant.id,
      id,
      kind: row.kind,
      purpose: row.purpose,
      account_id: row.accountId,
      recipient: row.kind === 'mail' ? recipientMark(context.tenant, row.to) : '',
      payload: context.tenant.vault.seal(context.associatedData('outbox_message', 'payload', id), payload),
      created_at: context.at,
      not_after: row.notAfter,
    },
    row.notAfter !== null && row.notAfter <= context.from(urgentWithin),
  )
  context.messageQueued(row.kind)
}

/** What the templates of a mail are filled with, for the part with a button or for the part with a bare link. */
async function mailData(
  context: Context,
  { language }: Recipient,
  { kind: { purpose, family }, params, details = {}, link }: Mail,
  way: 'button' | 'link',
) {
  const { texts, mail: look, logo: logoOf } = context.services.presentation(context.tenant)
  const logo = await logoOf()
  const own = texts.translator(language, { firm: context.policy.name, ...params })
  // Mails are declared with what they are told, and test/activation/mails.test.ts makes every one.
  const t = (key: string, more: object = {}) => say(own, { key, params: { way: own(`mail.way.${way}`), ...more } })
  const names = [purpose, ...(family ? [family] : [])]
  const said = (part: string) =>
    names
      .map((name) => `mail.${name}.${part}`)
      .filter((key) => texts.has(language, key))
      .map((key) => t(key))
  const apart = (parts: string[]) => parts.flatMap((text) => text.split(/\n\n+/))
  return {
    lang: language,
    t: t as Translate,
    title: t(`mail.${purpose}.subject`),
    contact: context.policy.contact,
    firm: context.policy.name,
    look,
    logo: logo && { width: logo.width, height: logo.height, source: `cid:${logoName}` },
    greeting: params.name ? t('mail.greeting') : null,
    paragraphs: apart(said('body')),
    after: apart(said('after')),
    closing: t('mail.closing'),
    details: Object.entries(details).map(([name, value]) => ({ label: t(`mail.detail.${name}`), value })),
    code: params.code ?? null,
    button: link ? { href: `${context.tenant.origin}${link}`, text: said('button')[0] } : null,
  }
}

/** By which the HTML of a mail names the firm's logo that travels with it (RFC 2392). */
export const logoName = 'logo'

/** A mail in the person's language and the firm's look: the text part stands on its own, the HTML names the logo by cid. */
export async function composeMail(
  context: Context,
  to: Recipient,
  mail: Mail,
): Promise<{ subject: string; text: string; html: string }> {
  const { views } = context.services.presentation(context.tenant)
  const plain = await mailData(context, to, mail, 'link')
  const rich = await mailData(context, to, mail, 'button')
  return {
    subject: plain.title,
    text: views.render('mail/text', null, plain),
    html: views.render('mail/html', null, rich),
  }
}

/** Puts a mail in the outbox, in the caller's transaction; none of a module that the firm has switched off. */
export async function sendMail<Param extends string>(
  context: Context,
  to: Recipient,
  mail: Mail<Param>,
): Promise<void> {
  if (!context.services.modules.sends(context.policy, mail.kind.purpose)) return
  await put(context, {
    kind: 'mail',
    purpose: mail.kind.purpose,
    accountId: to.id,
    to: to.email,
    notAfter: mail.notAfter ?? null,
    ...(await composeMail(context, to, mail)),
  })
}

/** An SMS that tells something and leads to a page: no code in it. */
export async function sendSmsText<Param extends string>(
  context: Context,
  to: { id: string; number: string; language: Language },
  { purpose }: MailKind<Param>,
  { link, params }: { link: string; params: Record<Param, string | number> },
): Promise<void> {
  const t = context.services
    .presentation(context.tenant)
    .texts.translator(to.language, { firm: context.policy.name, ...params })
  const text = say(t, { key: `mail.sms.${purpose}`, params: { link: `${context.tenant.origin}${link}` } })
  await put(context, {
    kind: 'sms',
    purpose,
    accountId: to.id,
    to: to.number,
    subject: '',
    text,
    html: '',
    notAfter: null,
  })
}

/** An SMS; a code's last line binds it to our address, so that phones offer it there and nowhere else (WICG origin-bound one-time codes). */
export async function sendSms(
  context: Context,
  to: { id: string; number: string; language: Language },
  code: string,
  notAfter: Date,
): Promise<void> {
  const t = context.services.presentation(context.tenant).texts.translator(to.language, { firm: context.policy.name })
  const text = `${t('mail.sms.code', { code })}\n@${new URL(context.tenant.origin).hostname} #${code}`
  await put(context, {
    kind: 'sms',
    purpose: 'code',
    accountId: to.id,
    to: to.number,
    subject: '',
    text,
    html: '',
    notAfter,
  })
}

/**
 * A signal to a browser that asked for it (Web Push, RFC 8030): that something waits, and where; never what.
 * @param to.subscription what the browser gave, as JSON. @param to.device which of their devices it is, so that a dead one can be forgotten
 */
export async function sendPush(
  context: Context,
  to: { id: string; device: string; subscription: string; language: Language },
  purpose: string,
  { link, notAfter }: { link: string; notAfter: Date },
): Promise<void> {
  const t = context.services.presentation(context.tenant).texts.translator(to.language, { firm: context.policy.name })
  const text = JSON.stringify({
    title: context.policy.name,
    body: t(composedKey(`mail.push.${purpose}`)),
    url: `${context.tenant.origin}${link}`,
  })
  await put(context, {
    kind: 'push',
    purpose,
    accountId: to.id,
    to: to.subscription,
    subject: '',
    text,
    html: '',
    notAfter,
    about: to.device,
  })
}
