import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveAuthenticator } from '../../src/identity/factors/index.ts'
import { password } from '../../src/modules/development/index.ts'
import { modules } from '../../src/modules.ts'
import { compose } from '../../src/tenancy/compose.ts'
import { exportRecords } from '../../src/tenancy/records.ts'
import { linkIn } from '../profile/signed-in.ts'
import { addedFrom, type Added } from '../support/added.ts'
import { otherChoices } from '../support/choices.ts'
import type { Client } from '../support/client.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { enters, invitedTo, nobody, somebody } from '../support/somebody.ts'

/**
 * A factor, a step and a requirement that are not in this project. Each is a folder that stands in a temp folder, and
 * one line in the list given to the portal; nothing else knows it. One installation has all three.
 */
let added: Added
let portal: TestPortal
let client: Client & { id: string }
let person: HttpPerson
const [firm, strict] = ['kring', 'vandam']
const number = '402917'

beforeAll(async () => {
  added = await addedFrom('card', 'card-step', 'question')
  const env = await otherChoices(
    firm,
    {
      signIn: { passkey: false },
      secondFactor: { of: ['card', 'authenticator'], when: 'ifEnrolled' },
      onboarding: {
        activation: [
          { step: 'password' },
          { step: 'chooseFactor', of: ['authenticator', 'card'] },
          { step: 'authenticator', chosen: 'authenticator' },
          { step: 'card', chosen: 'card' },
          { step: 'done' },
        ],
      },
    },
    { [strict]: { question: { obligatory: true } } },
  )
  portal = await openTestPortal({ modules: [...modules, ...added.modules], env })
  client = await invitedTo(portal, firm)
  person = httpPerson(portal, firm)
})
afterAll(async () => {
  await portal.close()
  await added.gone()
})

test('each is a line by itself', () => {
  for (const module of added.modules) expect(() => compose([...modules, module]), module.name).not.toThrow()
  expect(
    added.modules.map(({ factors = [], steps = [], requirements = [] }) =>
      [factors, steps, requirements].map((of) => of.length),
    ),
  ).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
})

test('a step: the firm puts it on the way in, where it sets up what somebody chose', async () => {
  await person.go(await client.link())
  await client.until(person, 'chooseFactor')
  expect(await person.reads()).toContain('Het nummer op de kaart die u van ons kreeg.')
  await person.fill({ factor: 'card' })
  await person.press()
  expect([await person.at(), await person.heading()]).toEqual(['/onboarding/card', 'Uw kaart'])
  await person.fill({ code: '12' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  await person.fill({ code: number })
  await person.press()
  await client.until(person, 'home')
})

test('a factor: it is asked when signing in and stepping up, and a wrong number opens nothing', async () => {
  await person.press('/sign-out')
  portal.forward('PT3M')
  await person.go('/sign-in')
  await client.until(person, 'signInCode')
  await person.fill({ code: '111111' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  await person.fill({ code: number })
  await person.press()
  await client.until(person, 'home')
  portal.forward('PT10M')
  await person.go('/profile/password')
  expect(await person.at()).toMatch(/^\/step-up/)
  await person.fill({ code: number })
  await person.press()
  expect(await person.at()).toBe('/profile/password')
})

test('a factor: it stands in the overview and has a page; it goes, and "was it not you?" brings it back', async () => {
  // Something stays: the notice is the card's own.
  await saveAuthenticator(nobody(portal, firm), client.id, { secret: 'JBSWY3DPEHPK3PXP', name: null, lastStep: null })
  await person.go('/profile')
  expect(await person.reads()).toContain('1 kaart')
  await person.follow('/profile/cards')
  expect(await person.reads()).toContain('Blauwe kaart')
  const living = () => portal.sql<{ id: string }>('select id from card where removed_at is null')
  const [before] = await living()
  portal.forward('PT1M')
  await person.go(`/profile/cards/${before!.id}/remove`)
  await person.press(`/profile/cards/${before!.id}/remove`)
  await person.go('/profile')
  expect(await person.reads()).not.toContain('1 kaart')
  await person.go('/profile/activity')
  expect(await person.reads()).toContain('Kaart weggehaald')
  expect(await living()).toEqual([])
  expect((await exportRecords(nobody(portal, firm), client.id)).cards).toMatchObject([{ name: 'Blauwe kaart' }])

  const [mail] = (await portal.outbox(firm, client.email)).filter(
    ({ subject }) => subject === 'Er is een kaart weggehaald',
  )
  expect(mail).toBeDefined()
  const owner = httpPerson(portal, firm)
  await owner.go(await linkIn(portal, firm, client.email, 'not-me'))
  await owner.fill({ email: client.email })
  await owner.press()
  expect(await owner.at()).toBe('/profile/not-me/done')
  expect(await living()).toEqual([before])
})

test('a requirement: who lacks it is asked on the way in, by a step that was there already, and then no more', async () => {
  const who = await somebody(portal, strict)
  const their = await enters(who)
  expect(await their.at()).toBe('/onboarding/stricter')
  expect(await their.reads()).toContain('Een geheime vraag, waarop alleen u het antwoord weet.')
  await their.press()
  await their.fill({ question: 'Hoe heette mijn eerste kat?', answer: 'Minoes van zolder' })
  if (await their.sees('[name=current]')) await their.fill({ current: password })
  await their.press()
  expect(await their.mistakes()).toEqual({})
  expect(await their.at()).toBe('/home')
  portal.forward('PT3M')
  expect(await (await enters(who)).at()).toBe('/home')
})
