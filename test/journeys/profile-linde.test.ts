import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { browserPerson, closeBrowser } from '../support/browser.ts'
import type { Person } from '../support/person.ts'
import { codeTo, scan } from '../support/phone.ts'
import { givesPassword, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'linde'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

describe.each([
  ['with', true],
  ['without', false],
] as const)('where computers are trusted, in a browser %s JavaScript', (_, javaScript) => {
  let who: Somebody
  let person: Person
  beforeAll(async () => {
    who = await somebody(portal, firm)
    person = await browserPerson(portal, firm, { javaScript })
  })
  afterAll(() => person.close())

  /** Signs in with the mailed code, and trusts this computer. */
  async function signsIn(): Promise<void> {
    portal.forward('PT2M')
    await givesPassword(person, who)
    expect(await person.at()).toBe('/sign-in/code')
    await person.fill({ code: await codeTo(portal, firm, who.email, 'mail'), trust: true })
    await person.press()
    expect(await person.at()).toBe('/home')
  }

  test('a trusted computer is on the list, and asks the code again when it is trusted no more', async () => {
    for (const which of ['one', 'all']) {
      await signsIn()
      await person.go('/profile')
      await person.follow('/profile/computers')
      expect(await person.reads()).toContain('Dit apparaat')
      const [computer] = await portal.sql<{ id: string }>(
        'select id from trusted_computer where account_id = $1 and revoked_at is null',
        [who.id],
      )
      await person.press(which === 'one' ? `/profile/computers/${computer!.id}/end` : '/profile/computers/end')
      expect(await person.reads()).toContain('U heeft geen vertrouwde computers')
      await person.press('/sign-out')
    }
    await signsIn()
  })

  test('who only has a mailed code shows the password, sets an app up, and is led to a backup code', async () => {
    portal.forward('PT6M')
    await person.go('/profile')
    expect(await person.reads()).toContain('een code per mail')
    await person.follow('/profile/apps')
    await person.follow('/profile/apps/new')
    expect(await person.at()).toBe('/step-up')
    await person.fill({ password })
    await person.press()
    expect(await person.at()).toBe('/profile/apps/new')
    await person.fill({ code: (await scan(portal, person)).code() })
    await person.press()
    expect(await person.at()).toBe('/profile/backup-code')
    await person.fill({ saved: true })
    await person.press()
    expect(await person.reads()).toContain('Controle in 2 stappen staat aan')
  })
})
