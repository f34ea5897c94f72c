import { afterAll, beforeAll, describe } from 'vitest'
import { openTestHouse, type TestHouse } from '../setup/house.ts'
import { browserPerson, closeBrowser } from './browser.ts'
import { httpPerson } from './http.ts'
import type { Person } from './person.ts'

/** Three ways to look at the portal; everything a person does must work in each. */
export const ways = {
  'over HTTP': async (house: TestHouse, slug: string): Promise<Person> => httpPerson(house, slug),
  'in a browser': (house: TestHouse, slug: string): Promise<Person> => browserPerson(house, slug, { javaScript: true }),
  'in a browser without JavaScript': (house: TestHouse, slug: string): Promise<Person> =>
    browserPerson(house, slug, { javaScript: false }),
}

/** What is tested over HTTP elsewhere, with a real browser. */
export const browsers = Object.entries(ways).slice(1)

/** What a journey has in hand: the house, new people at this firm, an address nobody has yet. */
export interface Journey {
  house: TestHouse
  slug: string
  somebody(): Promise<Person>
  address(name: string): string
}

/** The same journeys at a firm, in each way, on one house. */
export function journeys(slug: string, tell: (journey: Journey) => void): void {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse()
  })
  afterAll(async () => {
    await closeBrowser()
    await house.close()
  })
  describe.each(Object.entries(ways))(`${slug} %s`, (way, person) => {
    const people: Person[] = []
    afterAll(async () => {
      for (const each of people) await each.close()
    })
    tell({
      get house() {
        return house
      },
      slug,
      address: (name) => `${name}-${Object.keys(ways).indexOf(way)}@proef.example`,
      async somebody() {
        const made = await person(house, slug)
        people.push(made)
        return made
      },
    })
  })
}
