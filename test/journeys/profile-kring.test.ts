import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { browserPerson, closeBrowser } from '../support/browser.ts'
import type { HttpPerson } from '../support/http.ts'
import type { Person } from '../support/person.ts'
import { codeTo, newest, scan } from '../support/phone.ts'
import { enters, entersWith, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'kring'
const fresh = 'Drie#natte regenlaarzen'

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
] as const)('Mijn gegevens in a browser %s JavaScript', (_, javaScript) => {
  let who: Somebody
  let person: Person
  let elsewhere: HttpPerson[]
  const other = `+3162040404${Number(javaScript)}`
  beforeAll(async () => {
    who = await somebody(portal, firm, { backup: true })
    elsewhere = []
    for (let nth = 0; nth < 2; nth++) {
      elsewhere.push(await enters(who))
      portal.forward('PT2M')
    }
    person = await entersWith(await browserPerson(portal, firm, { javaScript }), who)
    await person.go('/profile')
  })
  afterAll(() => person.close())

  /** Follows a link of the overview to a page that wants to know once more who this is, and shows it. */
  async function stepsUp(to: string): Promise<void> {
    portal.forward('PT6M')
    await person.follow(to)
    expect(await person.at()).toBe('/step-up')
    await person.press('/step-up/send')
    await person.fill({ code: await codeTo(portal, firm, who.number) })
    await person.press('/step-up')
    expect(await person.mistakes()).toEqual({})
    expect(await person.at()).toBe(to)
  }
  /** Presses, and comes back to a page that says it is done. */
  async function does(to: string, said: string, which?: string): Promise<void> {
    await person.press(which)
    expect(await person.mistakes()).toEqual({})
    expect(await person.at()).toBe(to)
    expect(await person.reads()).toContain(said)
  }
  const appIds = async () =>
    (
      await portal.sql<{ id: string }>(
        'select id from authenticator where account_id = $1 and removed_at is null order by confirmed_at, name',
        [who.id],
      )
    ).map(({ id }) => id)

  test('where I am signed in: one ended, then all but here', async () => {
    await person.follow('/profile/sessions')
    const [session] = await portal.sql<{ id: string }>(
      'select id from portal_session where account_id = $1 order by started_at limit 1',
      [who.id],
    )
    await does('/profile/sessions', 'Dat apparaat is uitgelogd', `/profile/sessions/${session!.id}/end`)
    await elsewhere[0]!.go('/home')
    expect(await elsewhere[0]!.at()).toBe('/sign-in')
    await elsewhere[1]!.go('/home')
    expect(await elsewhere[1]!.at()).toBe('/home')
    await does('/profile/sessions', 'alleen hier nog ingelogd', '/profile/sessions/end')
    await elsewhere[1]!.go('/home')
    expect(await elsewhere[1]!.at()).toBe('/sign-in')
    await person.follow('/profile')
  })

  test('name and language', async () => {
    await person.follow('/profile/name')
    await person.fill({ name: '' })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['name'])
    await person.fill({ name: 'Noor de Wit' })
    await does('/profile', 'Noor de Wit')
    await person.follow('/profile/language')
    await person.fill({ language: 'en' })
    await does('/profile', 'My details')
    await person.follow('/profile/language')
    await person.fill({ language: 'nl' })
    await does('/profile', 'Mijn gegevens')
  })

  test('a new password, after showing who one is', async () => {
    await stepsUp('/profile/password')
    await person.fill({ current: password, password: fresh, repeat: fresh })
    await does('/profile', 'Uw wachtwoord is gewijzigd')
  })

  test('two apps: one is renamed, one replaced, one removed', async () => {
    await person.follow('/profile/apps')
    for (const name of ['Mijn telefoon', 'Mijn tablet']) {
      await person.follow('/profile/apps/new')
      await person.fill({ code: (await scan(portal, person)).code(), name })
      await does('/profile/apps', name)
    }
    const [first, second] = await appIds()
    await person.follow(`/profile/apps/${first}/name`)
    await person.fill({ name: 'Van het werk' })
    await does('/profile/apps', 'Van het werk')
    await person.follow(`/profile/apps/${first}/replace`)
    await person.fill({ code: (await scan(portal, person)).code() })
    await does('/profile/apps', 'Uw app is vervangen')
    expect(await appIds()).not.toContain(first)
    await person.follow(`/profile/apps/${second}/remove`)
    await does('/profile/apps', 'De app is weggehaald')
    await person.follow('/profile')
    expect(await person.reads()).toMatch(/App met codes Ingesteld op \d+ november 2026/)
  })

  test('another phone counts after its code; then no phone at all', async () => {
    await person.follow('/profile/phone')
    await person.fill({ phone: other })
    await person.press()
    await person.fill({ code: '000000' })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['code'])
    await person.fill({ code: await codeTo(portal, firm, other) })
    await does('/profile', `Eindigt op ${other.slice(-2)}`)
    await person.follow('/profile/phone')
    await person.follow('/profile/phone/remove')
    await does('/profile', 'Het nummer is weggehaald')
  })

  test('a new backup code counts when it is put away', async () => {
    await person.follow('/profile/backup-code')
    const code = await person.words('#backup')
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['saved'])
    expect(await person.words('#backup')).toBe(code)
    await person.fill({ saved: true })
    await does('/profile', 'Uw nieuwe reservecode werkt')
  })

  test('all of it stands in my activity', async () => {
    await person.follow('/profile/activity')
    for (const words of [
      'Reservecode gemaakt',
      'Mobiel nummer weggehaald',
      'App met codes ingesteld',
      'App met codes een andere naam gegeven',
      'Wachtwoord gewijzigd',
      'Naam gewijzigd',
      'Taal gewijzigd',
      'Alle andere apparaten uitgelogd',
    ]) {
      expect(await person.reads()).toContain(words)
    }
    await person.follow('main a[href="/profile"]')
  })

  test('another mail address counts after its own mailbox said so; the old mailbox undoes it and all since', async () => {
    const next = `nieuw-${who.email}`
    await person.follow('/profile/email')
    await person.fill({ email: next })
    await does('/profile/email/sent', 'mail onderweg')
    await person.go(/https?:\/\/\S+\/profile\/email\/[\w-]+/.exec((await newest(portal, firm, next)).text)![0])
    await person.fill({ password: fresh })
    await does('/profile', next)
    const [before] = await appIds()
    portal.forward('PT1M')
    await person.follow('/profile/apps')
    await person.follow('/profile/apps/new')
    await person.fill({ code: (await scan(portal, person)).code() })
    await does('/profile/apps', 'Uw app is ingesteld')

    await person.go(/https?:\/\/\S+\/profile\/not-me\/[\w-]+/.exec((await newest(portal, firm, who.email)).text)![0])
    await person.fill({ email: who.email })
    await person.press()
    expect(await person.heading()).toBe('Uw account is weer veilig')
    expect(await appIds()).toEqual([before])
    await person.go('/profile')
    expect(await person.at()).toBe('/sign-in')
    expect((await newest(portal, firm, who.email)).text).toMatch(/\/recovery\//)
  })
})
