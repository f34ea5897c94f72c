import jsqr from 'jsqr'
import { TOTP, URI } from 'otpauth'
import { PNG } from 'pngjs'
import type { Message, TestPortal } from './portal.ts'
import { ask } from './http.ts'
import type { Person } from './person.ts'

/** An authenticator app of another maker: it knows what its camera saw, and the time. */
export interface App {
  /** The code now; each call is the next one, because a code works once. */
  code(): string
  account: string
  issuer: string
  secret: string
}

/** Scans the QR picture on the page. */
export async function scan(portal: TestPortal, person: Person): Promise<App> {
  const png = PNG.sync.read(await person.picture('img.qr'))
  const found = jsqr.default(new Uint8ClampedArray(png.data), png.width, png.height)
  if (!found) throw new Error('the picture is no QR code')
  const totp = URI.parse(found.data) as TOTP
  return {
    account: totp.label,
    issuer: totp.issuer,
    secret: totp.secret.base32,
    code: () => totp.generate({ timestamp: portal.services.clock.now().epochMilliseconds }),
  }
}

/** What the app of an invented person shows, as the development pages tell it. */
export async function appCodeOf(portal: TestPortal, slug: string, identifier: string): Promise<string> {
  const { text } = await ask(portal, undefined, '/dev/codes.json')
  const codes = JSON.parse(text) as { tenant: string; identifier: string; code: string }[]
  const mine = codes.find((each) => each.tenant === slug && each.identifier === identifier)
  return (
    mine?.code ??
    (() => {
      throw new Error(`${identifier} of ${slug} has no app`)
    })()
  )
}

/** The messages to somebody, newest first, by mail address or by the last figures of a number. */
export async function messagesTo(
  portal: TestPortal,
  slug: string,
  to: string,
  kind: Message['kind'],
): Promise<Message[]> {
  return (await portal.outbox(slug)).filter(
    (message) => message.kind === kind && (message.to === to || (kind === 'sms' && message.to.endsWith(to.slice(-8)))),
  )
}

/** The newest message to somebody. */
export async function newest(
  portal: TestPortal,
  slug: string,
  to: string,
  kind: Message['kind'] = 'mail',
  nth = 0,
): Promise<Message> {
  const found = (await messagesTo(portal, slug, to, kind))[nth]
  if (!found) throw new Error(`no ${kind} to ${to} at ${slug}`)
  return found
}

/** The link in the newest mail that has one. */
export async function linkTo(portal: TestPortal, slug: string, to: string): Promise<string> {
  const links = (await portal.outbox(slug, to)).flatMap(
    ({ text }) => /https?:\/\/\S+\/activation\/[\w-]+/.exec(text)?.[0] ?? [],
  )
  return (
    links[0] ??
    (() => {
      throw new Error(`no link was sent to ${to}`)
    })()
  )
}

/** The six figures of the newest SMS or mail that has them: what goes out at the same moment arrives in any order. */
export async function codeTo(
  portal: TestPortal,
  slug: string,
  to: string,
  kind: Message['kind'] = 'sms',
): Promise<string> {
  const codes = (await messagesTo(portal, slug, to, kind)).flatMap(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? [])
  return (
    codes[0] ??
    (() => {
      throw new Error(`no ${kind} with a code to ${to} at ${slug}`)
    })()
  )
}
