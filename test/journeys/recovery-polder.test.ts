import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fulfilDue } from '../../src/modules/recovery/index.ts'
import { closeBrowser } from '../support/browser.ts'
import { codeTo, newest } from '../support/phone.ts'
import type { Person } from '../support/person.ts'
import { entersWith, givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { browsers } from '../support/ways.ts'
import { linkIn, opensReset } from '../faults/acts.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'polder'
const fresh = 'Drie#natte regenlaarzen'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

describe.each(browsers)('%s', (way, open) => {
  const people: Person[] = []
  afterEach(async () => {
    for (const person of people.splice(0)) await person.close()
  })
  const someone = async () => {
    const person = await open(portal, firm)
    people.push(person)
    return person
  }
  const mobile = way.includes('without') ? '0612345681' : '0612345682'

  /** New password and new number typed, the code to the new number given: now it asks whether it is really them. */
  async function setsAgain(who: Somebody, person: Person): Promise<void> {
    portal.forward('PT61M')
    await opensReset(who, person)
    await person.fill({ password: fresh, repeat: fresh, phone: 'geen nummer' })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['phone'])
    await person.fill({ password: fresh, repeat: fresh, phone: mobile })
    await person.press()
    await person.fill({ code: await codeTo(portal, firm, mobile) })
    await person.press()
    expect(await person.heading()).toBe('Bent u het echt?')
  }
  async function asksWithoutOldNumber(who: Somebody, person: Person): Promise<void> {
    await setsAgain(who, person)
    await person.follow('main a[href$="/none"]')
    expect(await person.reads()).toContain('24 uur')
    await person.fill({ email: who.email })
    await person.press()
    expect(await person.at()).toBe('/recovery/waiting')
  }
  /** The new password and the code to the new number let them in; saving itself never did. */
  async function comesIn(who: Somebody, person: Person): Promise<void> {
    await person.go('/home')
    expect(await person.at()).toBe('/sign-in')
    portal.forward('PT2M')
    await givesPassword(person, who, fresh)
    expect(await person.at()).toBe('/sign-in/code')
    await person.fill({ code: await codeTo(portal, firm, mobile) })
    await person.press()
    expect(await person.at()).toBe('/home')
  }

  test('a code on the old number: saved at once, and signed in nowhere', async () => {
    const [who, person] = [await somebody(portal, firm), await someone()]
    await setsAgain(who, person)
    await person.press('send')
    expect(await person.reads()).toContain(who.number.slice(-2))
    await person.fill({ code: await codeTo(portal, firm, who.number) })
    await person.press()
    expect(await person.at()).toBe('/sign-in')
    expect(await person.reads()).toContain('opgeslagen')
    await comesIn(who, person)
  })

  test('without the old number: told at once, stopped by the owner, asked again, and done after a day', async () => {
    const [who, person, owner] = [await somebody(portal, firm), await someone(), await someone()]
    await asksWithoutOldNumber(who, person)
    expect((await newest(portal, firm, who.number, 'sms')).text).toMatch(/\/recovery\/cancel\//)
    await owner.go(await linkIn(who, /\/recovery\/cancel\/[\w-]+/))
    await owner.fill({ email: who.email })
    await owner.press()
    expect(await owner.at()).toBe('/recovery/stopped')
    portal.forward('PT25H')
    await fulfilDue(nobody(portal, firm))
    await givesPassword(owner, who)
    expect(await owner.at()).toBe('/sign-in/code')
    await asksWithoutOldNumber(who, person)
    portal.forward('PT24H')
    await fulfilDue(nobody(portal, firm))
    expect((await portal.outbox(firm, who.email)).some(({ subject }) => /weer inloggen/.test(subject))).toBe(true)
    await comesIn(who, person)
  })

  test('two people of the firm say yes: done at once', async () => {
    const [who, person] = [await somebody(portal, firm), await someone()]
    await asksWithoutOldNumber(who, person)
    for (const [nth, kind] of (['staff', 'admin'] as const).entries()) {
      const member = await entersWith(await someone(), await somebody(portal, firm, { kind }))
      await member.go('/staff/people')
      await member.follow('/staff/resets')
      expect(await member.reads()).toContain(who.name)
      await member.follow(await release())
      await member.press()
      expect(await member.reads()).toContain(nth ? 'Uitgevoerd' : 'U heeft ja gezegd')
    }
    await comesIn(who, person)
  })
  const release = async () =>
    `/staff/resets/${(await portal.sql<{ id: string }>('select id from recovery_request where done_at is null and cancelled_at is null and ended_at is null'))[0]!.id}/release`
})
