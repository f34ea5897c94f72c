import { TOTP } from 'otpauth'
import { expect } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { seedPerson } from '../../src/modules/development/seed-person.ts'
import { backupCodeFrom, saveAuthenticator, saveBackupCode } from '../../src/identity/factors/index.ts'
import { invite } from '../../src/modules/activation/index.ts'
import type { Language } from '../../src/platform/i18n/texts.ts'
import { emOf } from '../../src/tenancy/tenants.ts'
import { unattendedContext, type Context } from '../../src/tenancy/context.ts'
import type { TestPortal } from './portal.ts'
import { Client } from './client.ts'
import { httpPerson, type HttpPerson } from './http.ts'
import type { Person } from './person.ts'
import { codeTo } from './phone.ts'
import { rowIn } from './rows.ts'

/** An account made for one test, with what its owner has at hand. */
export interface Somebody {
  portal: TestPortal
  slug: string
  id: string
  kind: 'client' | 'staff' | 'admin'
  name: string
  email: string
  username: string
  /** What they sign in with. */
  identifier: string
  number: string
  backup: string
  /** What their authenticator app shows now. */
  app(): string
}

/** A context of nobody to this firm, at the installation's moment. */
export function nobody(portal: TestPortal, slug: string): Context {
  const tenant = portal.tenant(slug)
  return unattendedContext(portal.services, tenant, emOf(portal.services.orm, tenant.id))
}

let made = 0
/** Which names and numbers are taken is counted over all installations of a file: a number is a doorbell everywhere. */
const next = () => String(++made).padStart(3, '0')

/**
 * What somebody has beside password and, where their firm's people have one, a phone; of the firm's own people, an app.
 */
export interface Has {
  kind?: 'client' | 'staff' | 'admin'
  state?: 'active' | 'existing'
  app?: boolean
  backup?: boolean
  number?: string
}

/** Makes somebody at a firm, at once and without a page: what has its own tests is not walked again. */
export async function somebody(
  portal: TestPortal,
  slug: string,
  { kind = 'client', state = 'active', app = false, backup = false, number }: Has = {},
): Promise<Somebody> {
  const nth = next()
  const context = nobody(portal, slug)
  const [username, email, phone] = [`iemand.${nth}`, `iemand-${nth}@proef.example`, number ?? `+31610${nth}${nth}`]
  const role = context.policy.roles[0]?.name
  const totp = new TOTP()
  const secret = totp.secret.base32
  await seedPerson(
    context,
    { name: `Iemand ${nth}`, email, username, kind, state, ...(role && { role }) },
    { password, number: phone, secret },
  )
  const { id } = (await rowIn<{ id: string }>(context, 'select id from account where email = ?', [email]))!
  const code = backupCodeFrom(context.tenant.vault.mac('a test', nth))
  if (app && kind === 'client') await saveAuthenticator(context, id, { secret, name: null, lastStep: null })
  if (backup) await context.transaction((inner) => saveBackupCode(inner, id, code))
  return {
    portal,
    slug,
    id,
    kind,
    name: `Iemand ${nth}`,
    email,
    username,
    number: phone,
    backup: code,
    identifier: context.policy.signIn.identifier === 'username' ? username : email,
    app: () => totp.generate({ timestamp: portal.services.clock.now().epochMilliseconds }),
  }
}

/** Somebody who was invited, with the mail on its way. */
export async function invitedTo(
  portal: TestPortal,
  slug: string,
  { language = 'nl' }: { language?: Language } = {},
): Promise<Client & { id: string }> {
  const nth = next()
  const context = nobody(portal, slug)
  const client = new Client(portal, slug, `genood-${nth}@proef.example`)
  const [day, month, year] = client.birthDate
  const invited = await invite(context, {
    name: client.name,
    email: client.email,
    username: '',
    role: context.policy.roles[0]?.name ?? '',
    organisation: '',
    language,
    'birthDate-day': day,
    'birthDate-month': month,
    'birthDate-year': year,
  })
  expect(invited).toMatchObject({ ok: true })
  const { id, username } = (await rowIn<{ id: string; username: string | null }>(
    context,
    'select id, username from account where email = ?',
    [client.email],
  ))!
  return Object.assign(client, { id, username, hasOwn: true })
}

/** Somebody who was invited, in a browser of their own, where their link leads. */
export async function atLink(portal: TestPortal, slug: string): Promise<{ client: Client; person: HttpPerson }> {
  const client = await invitedTo(portal, slug)
  const person = httpPerson(portal, slug)
  await person.go(await client.link())
  return { client, person }
}

/** Gives name and password, on one page or two. */
export async function givesPassword(
  person: Person,
  { identifier }: Pick<Somebody, 'identifier'>,
  typed = password,
): Promise<void> {
  await person.go('/sign-in')
  const both = await person.sees('main [name=password]')
  await person.fill({ identifier, ...(both && { password: typed }) })
  await person.press()
  if (both) return
  await person.fill({ password: typed })
  await person.press()
}

/**
 * Signs in with password and, where one is asked, the code in an SMS; one of the firm's own people with that of their
 * app.
 */
export async function entersWith<P extends Person>(person: P, who: Somebody): Promise<P> {
  await givesPassword(person, who)
  if ((await person.at()) === '/sign-in/code') {
    await person.fill({ code: who.kind === 'client' ? await codeTo(who.portal, who.slug, who.number) : who.app() })
    await person.press()
  }
  expect(await person.mistakes()).toEqual({})
  return person
}

/** Signs in in a browser of their own. */
export const enters = (who: Somebody): Promise<HttpPerson> => entersWith(httpPerson(who.portal, who.slug), who)
