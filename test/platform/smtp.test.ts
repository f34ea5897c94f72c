import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Postponed, Undeliverable, type Message, type Transport } from '../../src/platform/outbox/message.ts'
import { createSmtp } from '../../src/platform/outbox/smtp.ts'

const message: Message = {
  id: '0190-id',
  tenantId: 't',
  kind: 'mail',
  purpose: 'invitation',
  to: 'jan@voorbeeld.nl',
  subject: 'Welkom bij één & al',
  text: 'Beste Jan',
  html: '<p>Beste Jan</p>',
  senderName: 'Kring, “Beoordelaars”',
}
const arrived: { recipients: string[]; raw: string }[] = []
let answer: { code: number; words: string } | null = null
let server: SMTPServer
let smtp: Transport

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(new Error('Who are you?')),
    onRcptTo: (address, _session, done) =>
      done(
        answer
          ? Object.assign(new Error(`${answer.words} ${address.address}`), { responseCode: answer.code })
          : undefined,
      ),
    async onData(stream, session, done) {
      let raw = ''
      for await (const chunk of stream) raw += chunk
      arrived.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), raw })
      done()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  smtp = createSmtp({ url: `smtp://127.0.0.1:${port()}`, from: 'no-reply@portal.example' })
})
beforeEach(() => (answer = null))
afterAll(async () => {
  await smtp.close?.()
  await new Promise<void>((resolve) => server.close(resolve))
})

const port = () => (server.server.address() as AddressInfo).port

test('a mail arrives with text, html, its own id and a note that a machine sent it', async () => {
  await smtp.send(message)
  const mail = await PostalMime.parse(arrived.at(-1)?.raw ?? '')
  expect(mail).toMatchObject({
    messageId: '<0190-id.t@portal.example>',
    subject: 'Welkom bij één & al',
    from: { name: 'Kring, “Beoordelaars”', address: 'no-reply@portal.example' },
    to: [{ address: 'jan@voorbeeld.nl' }],
  })
  expect([mail.text?.trim(), mail.html?.trim()]).toEqual(['Beste Jan', '<p>Beste Jan</p>'])
  expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
})

test('a picture that the mail shows travels inside it, and one that it does not show stays at home', async () => {
  const bytes = Buffer.from('89504e470d0a1a0a', 'hex')
  const own = createSmtp({
    url: `smtp://127.0.0.1:${port()}`,
    from: 'no-reply@portal.example',
    inline: async () => [{ name: 'logo', type: 'image/png', bytes }],
  })
  try {
    await own.send({ ...message, html: '<p><img src="cid:logo" alt="Kring"></p>' })
    const { attachments, text, html } = await PostalMime.parse(arrived.at(-1)?.raw ?? '')
    expect(attachments).toHaveLength(1)
    expect(attachments[0]).toMatchObject({
      contentId: '<logo>',
      disposition: 'inline',
      mimeType: 'image/png',
      related: true,
    })
    expect([
      Buffer.from(attachments[0]!.content as ArrayBuffer).equals(bytes),
      text?.trim(),
      html?.includes('cid:logo'),
    ]).toEqual([true, 'Beste Jan', true])
    await own.send(message)
    expect((await PostalMime.parse(arrived.at(-1)?.raw ?? '')).attachments).toEqual([])
  } finally {
    await own.close?.()
  }
})

test.each<Partial<Message>>([
  { to: 'jan@voorbeeld.nl, dief@voorbeeld.nl' },
  { to: 'jan@voorbeeld.nl\r\nBcc: dief@voorbeeld.nl' },
  { subject: 'Hallo\r\nBcc: dief@voorbeeld.nl' },
  { senderName: 'Kring\r\nBcc: dief@voorbeeld.nl' },
])('nobody else is smuggled in by %o', async (changes) => {
  const before = arrived.length
  const error = await smtp.send({ ...message, ...changes }).catch((reason: Error) => reason)
  if (error) expect(error).toBeInstanceOf(Undeliverable)
  for (const { recipients, raw } of arrived.slice(before)) {
    expect(recipients).toEqual(['jan@voorbeeld.nl'])
    expect(raw).not.toMatch(/^Bcc:/m)
  }
})

test.each([
  [550, Undeliverable],
  [451, Postponed],
])('refused with %i', async (code, kind) => {
  answer = { code, words: 'no such person' }
  const error = await smtp.send(message).catch((reason: Error) => reason)
  expect(error).toBeInstanceOf(kind)
  expect((error as Error).message).toBe(`SMTP ${code}`)
})

test.each([
  [550, '5.1.1 no such person', true],
  [550, 'no such person', true],
  [553, 'that is no mailbox', true],
  [550, '5.2.1 mailbox closed', true],
  [550, '5.4.4 no such host', true],
  [550, '5.0.0 no', true],
  [550, '5.7.1 you may not', false],
  [554, '5.7.1 Relay access denied', false],
  [550, 'relaying denied', false],
  [554, 'refused', false],
  [550, '5.1.8 sender’s domain not found', false],
  [530, '5.7.0 sign in first', false],
  [451, '4.1.1 later', false],
])('whether %i %s says that the address does not work: %s', async (code, words, badAddress) => {
  answer = { code, words }
  const error = await smtp.send(message).catch((reason: Error) => reason)
  expect(error instanceof Undeliverable && error.badAddress).toBe(badAddress)
})

test('a mail server that is down, or refuses our sign-in, is tried again', async () => {
  for (const url of ['smtp://127.0.0.1:1', `smtp://user:wrong@127.0.0.1:${port()}`]) {
    const other = createSmtp({ url, from: 'a@b.example' })
    await expect(other.send(message), url).rejects.toBeInstanceOf(Postponed)
    await other.close?.()
  }
})

test('a server elsewhere gets nothing without encryption', async () => {
  const before = arrived.length
  // The same machine under a name that does not say so.
  const other = createSmtp({ url: `smtp://0.0.0.0:${port()}`, from: 'a@b.example' })
  await expect(other.send(message)).rejects.toBeInstanceOf(Postponed)
  await other.close?.()
  expect(arrived).toHaveLength(before)
})
