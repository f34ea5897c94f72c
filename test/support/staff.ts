import { expect } from 'vitest'
import { password, whoCanSignIn, type WhoCanSignIn } from '../../src/modules/development/index.ts'
import type { TestPortal } from './portal.ts'
import { appCodeOf, codeTo } from './phone.ts'
import type { Person } from './person.ts'
import type { Client } from './client.ts'

/** Signs an invented person of the firm in, the way the terminal says they can. */
export async function signsIn(
  portal: TestPortal,
  slug: string,
  person: Person,
  kind: 'staff' | 'admin' | 'client' = 'staff',
): Promise<void> {
  const who = (await whoCanSignIn(portal.services)).find((each) => each.tenant === slug && each.kind === kind)
  if (!who) throw new Error(`${slug} has no ${kind}`)
  portal.forward('PT2M')
  await person.go('/sign-in')
  const both = await person.sees('main [name=password]')
  await person.fill({ identifier: who.identifier, ...(both && { password: who.password }) })
  await person.press()
  if (!both) {
    await person.fill({ password })
    await person.press()
  }
  expect(await person.mistakes()).toEqual({})
  if (who.second === 'none') return
  await person.fill({ code: await codeOf(portal, who) })
  await person.press()
  expect(await person.mistakes()).toEqual({})
}

/** The code they give: of their app, or the one that was sent. */
async function codeOf(portal: TestPortal, { tenant: slug, identifier, email, second }: WhoCanSignIn): Promise<string> {
  if (second === 'authenticator') return appCodeOf(portal, slug, identifier)
  const to = second === 'mail' ? email : (await portal.outbox(slug)).find(({ kind: sent }) => sent === 'sms')!.to
  return codeTo(portal, slug, to, second === 'mail' ? 'mail' : 'sms')
}

/**
 * Invites somebody, filling in whatever this firm's form asks, and says yes on the page that shows it all once more.
 */
export async function invites(person: Person, client: Client, fields: Record<string, string> = {}): Promise<void> {
  await person.go('/staff/people/new')
  const [day, month, year] = client.birthDate
  const asked: [string, Record<string, string>][] = [
    ['birthDate-day', { 'birthDate-day': day, 'birthDate-month': month, 'birthDate-year': year }],
    ['newOrganisation', { newOrganisation: 'De Proefpolder' }],
  ]
  const extra = Object.assign(
    {},
    ...(await Promise.all(
      asked.map(async ([name, values]) => ((await person.sees(`main [name="${name}"]`)) ? values : {})),
    )),
  )
  await person.fill({ name: client.name, email: client.email, ...extra, ...fields })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  expect(await person.reads()).toContain(client.email)
  await person.press('/staff/people/new/invitation')
  expect(await person.mistakes()).toEqual({})
  expect(await person.at()).toBe('/staff/people')
  expect(await person.reads()).toContain(client.name)
}
