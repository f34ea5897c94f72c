import { afterAll, beforeAll, describe } from 'vitest'
import { openTestPortal, type TestPortal } from './portal.ts'
import { browserPerson, closeBrowser } from './browser.ts'
import { httpPerson } from './http.ts'
import type { Person } from './person.ts'

/** Three ways to look at the portal; everything a person does must work in each. */
export const ways = {
  'over HTTP': async (portal: TestPortal, slug: string): Promise<Person> => httpPerson(portal, slug),
  'in a browser': (portal: TestPortal, slug: string): Promise<Person> =>
    browserPerson(portal, slug, { javaScript: true }),
  'in a browser without JavaScript': (portal: TestPortal, slug: string): Promise<Person> =>
    browserPerson(portal, slug, { javaScript: false }),
}

/** What is tested over HTTP elsewhere, with a real browser. */
export const browsers = Object.entries(ways).slice(1)

/** What a journey has in hand: the installation, new people at this firm, an address nobody has yet. */
export interface Journey {
  portal: TestPortal
  slug: string
  somebody(): Promise<Person>
  address(name: string): string
}

/** The same journeys at a firm, in each way, on one installation. */
export function journeys(slug: string, tell: (journey: Journey) => void): void {
  let portal: TestPortal
  beforeAll(async () => {
    portal = await openTestPortal()
  })
  afterAll(async () => {
    await closeBrowser()
    await portal.close()
  })
  describe.each(Object.entries(ways))(`${slug} %s`, (way, person) => {
    const people: Person[] = []
    afterAll(async () => {
      for (const each of people) await each.close()
    })
    tell({
      get portal() {
        return portal
      },
      slug,
      address: (name) => `${name}-${Object.keys(ways).indexOf(way)}@proef.example`,
      async somebody() {
        const made = await person(portal, slug)
        people.push(made)
        return made
      },
    })
  })
}
