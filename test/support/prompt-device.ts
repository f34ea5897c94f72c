import { expect } from 'vitest'
import type { TestPortal } from './portal.ts'
import { httpPerson, type HttpPerson } from './http.ts'
import type { Person } from './person.ts'
import { enters, type Somebody } from './somebody.ts'

/** Asks in "Mijn gegevens" for the link to another device, and reads what the page shows. */
export async function offersJoin(person: Person): Promise<{ link: string; number: string }> {
  await person.go('/profile/approvers')
  await person.press('/profile/approvers/join')
  expect(await person.at()).toBe('/profile/approvers/join')
  return { link: await person.words('#link'), number: await person.words('#number') }
}

/** Opens the link on another device and types the number. */
export async function joins(phone: Person, { link, number }: { link: string; number: string }): Promise<void> {
  await phone.go(link)
  await phone.fill({ number })
  await phone.press()
  expect(await phone.mistakes()).toEqual({})
  expect(await phone.at()).toBe('/approve')
}

/** Somebody with an approving device, added as people do. */
export async function withPhone(portal: TestPortal, who: Somebody): Promise<{ laptop: HttpPerson; phone: HttpPerson }> {
  const [laptop, phone] = [await enters(who), httpPerson(portal, who.slug)]
  await joins(phone, await offersJoin(laptop))
  portal.forward('PT1M')
  return { laptop, phone }
}
