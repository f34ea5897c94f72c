import { expect } from 'vitest'
import { password as known } from '../../src/modules/development/index.ts'
import { emOf } from '../../src/tenancy/tenants.ts'
import { unattendedContext, type Context } from '../../src/tenancy/context.ts'
import { ask, httpPerson, type HttpPerson } from '../support/http.ts'
import { newest } from '../support/phone.ts'
import type { TestPortal } from '../support/portal.ts'

export const fresh = 'Drie#natte regenlaarzen'
export const mobile = '0612345699'

/** A context of nobody to this firm, at the installation's moment. */
export function at(portal: TestPortal, slug: string): Context {
  const tenant = portal.tenant(slug)
  return unattendedContext(portal.services, tenant, emOf(portal.services.orm, tenant.id))
}

/** Asks for the mail, in a browser of its own. */
export async function forgets(portal: TestPortal, slug: string, identifier: string): Promise<HttpPerson> {
  portal.forward('PT61M')
  const person = httpPerson(portal, slug)
  await person.go('/sign-in')
  await person.follow('/recovery')
  await person.fill({ identifier })
  await person.press()
  expect(await person.at()).toBe('/recovery/sent')
  return person
}

/** The address in the newest mail to somebody. */
export async function linkIn(
  portal: TestPortal,
  slug: string,
  email: string,
  kind: 'mail' | 'sms' = 'mail',
): Promise<string> {
  const { text } = await newest(portal, slug, email, kind)
  return (
    /https?:\/\/[^/]+(\/recovery\/[\w/-]+)/.exec(text)?.[1] ??
    (() => {
      throw new Error(`no link in: ${text}`)
    })()
  )
}

/** Types a new password and presses. */
export async function chooses(person: HttpPerson, more: Record<string, string> = {}): Promise<void> {
  await person.fill({ password: fresh, repeat: fresh, ...more })
  await person.press()
}

/** Whether name and password open the route, or the second step behind it. */
export async function opens(portal: TestPortal, slug: string, identifier: string, password: string): Promise<boolean> {
  portal.forward('PT20M')
  const person = httpPerson(portal, slug)
  await person.go('/sign-in')
  const both = await person.sees('main [name=password]')
  await person.fill({ identifier, ...(both && { password }) })
  await person.press()
  if (!both) {
    await person.fill({ password })
    await person.press()
  }
  return Object.keys(await person.mistakes()).length === 0
}

export { known }

/** How many mails of this subject went to somebody. */
export const mails = async (portal: TestPortal, slug: string, to: string, subject: RegExp): Promise<number> =>
  (await portal.outbox(slug, to)).filter((message) => subject.test(message.subject)).length

/** Signs one of the firm's own people in, by their part in the list. */
export async function staffMember(portal: TestPortal, slug: string, kind: 'staff' | 'admin'): Promise<HttpPerson> {
  const { signsIn } = await import('../support/staff.ts')
  const person = httpPerson(portal, slug)
  await signsIn(portal, slug, person, kind)
  return person
}

/** Everything the database holds about the ways back in, to see that nothing changed. */
export const traces = (portal: TestPortal) =>
  portal.sql(
    'select digest, used_at, dead_at, tries, (select count(*) from run where link_id is not null) as p, (select count(*) from recovery_request) as r from one_time order by id',
  )

export { ask }
