import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { Client } from '../support/client.ts'
import { codeTo } from '../support/phone.ts'
import { invites, signsIn } from '../support/staff.ts'
import { journeys } from '../support/ways.ts'

const words = JSON.parse(readFileSync(join(import.meta.dirname, '../../views/factors/nl.json'), 'utf8')) as Record<
  string,
  string
>

/** Existing users of the import; each way of looking takes another. */
const existing = ['ellen@bakkerij-kroes.example', 'mo@bakkali-bouw.example', 'sietske@rinsma-transport.example']

journeys('loonhuis', (journey) => {
  test('an existing user signs in identifier first, puts it off, and switches it on later', async () => {
    const { portal } = journey
    const email = existing[Number(/-(\d)@/.exec(journey.address('x'))?.[1])]!
    const client = Object.assign(new Client(portal, 'loonhuis', email), { password })
    const person = await journey.somebody()

    await person.go('/sign-in')
    expect(await person.sees('main [name=password]')).toBe(false)
    await person.fill({ identifier: ` ${email.toUpperCase()} ` })
    await person.press()
    expect(await client.page(person)).toBe('signInPassword')
    await person.fill({ password })
    await person.press()
    expect(await client.page(person)).toBe('terms')
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['agreed'])
    await client.answer(person)
    expect(await client.page(person)).toBe('intro')
    await person.press('later')
    expect(await person.at()).toBe('/home')

    await person.press('/sign-out')
    portal.forward('PT1M')
    await client.until(person, 'intro')
    await person.press()
    expect(await client.page(person)).toBe('chooseFactor')
    const read = await person.words('main form')
    const places = portal
      .tenant('loonhuis')
      .policy.secondFactor.of.map((name) => read.indexOf(words[`name.${name}`] ?? ''))
    expect(places, 'in the order the firm wrote down').toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['factor'])
    await client.answer(person)
    expect(await client.answer(person)).toBe('authenticator')
    expect(await client.answer(person)).toBe('phone')
    expect(await client.answer(person)).toBe('phoneCode')
    expect(await client.page(person)).toBe('backupCode')
    const shown = await person.words('#backup')
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['saved'])
    expect(await person.words('#backup')).toBe(shown)
    await client.answer(person)
    await client.until(person, 'home')

    await person.press('/sign-out')
    portal.forward('PT2M')
    expect(await client.until(person, 'home')).toEqual(['signIn', 'signInPassword', 'signInCode'])
    await person.press('/sign-out')
    portal.forward('PT2M')
    await client.until(person, 'signInCode')
    await person.follow('/sign-in/other')
    await person.fill({ way: 'sms' })
    await person.press()
    await person.fill({ code: await codeTo(portal, 'loonhuis', client.number) })
    await person.press()
    expect(await person.at()).toBe('/home')
  })

  test('somebody new is invited, chooses SMS, and walks the same steps', async () => {
    const { portal } = journey
    const client = new Client(portal, 'loonhuis', journey.address('nieuw'))
    const staff = await journey.somebody()
    await signsIn(portal, 'loonhuis', staff)
    await invites(staff, client)
    const person = await journey.somebody()
    await person.go(await client.link())
    expect(await client.until(person, 'chooseFactor')).toEqual([
      'password',
      'signInStep',
      'signIn',
      'signInPassword',
      'terms',
      'intro',
    ])
    await person.fill({ factor: 'sms' })
    await person.press()
    expect(await client.until(person, 'home')).toEqual(['phone', 'phoneCode', 'backupCode', 'done'])
  })
})
