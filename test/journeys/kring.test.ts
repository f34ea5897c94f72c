import { expect, test } from 'vitest'
import { Client } from '../support/client.ts'
import { codeTo, scan } from '../support/phone.ts'
import { invites, signsIn } from '../support/staff.ts'
import { journeys, type Journey } from '../support/ways.ts'

/** Invited and with the link open; the staff member's browser is another one. */
async function invited(journey: Journey, name: string) {
  const client = new Client(journey.portal, 'kring', journey.address(name))
  const staff = await journey.somebody()
  await signsIn(journey.portal, 'kring', staff)
  await invites(staff, client)
  const person = await journey.somebody()
  await person.go(await client.link())
  return { client, person, staff }
}

journeys('kring', (journey) => {
  test('from the invitation to the start page, and in again with the app', async () => {
    const { client, person, staff } = await invited(journey, 'noor')
    const { portal } = journey
    expect((await portal.outbox('kring', client.email))[0]?.subject).toBe('Welkom bij Kring Beoordelaars')

    expect(await client.answer(person)).toBe('password')
    expect(await client.answer(person)).toBe('intro')

    expect(await client.page(person)).toBe('authenticator')
    const app = await scan(portal, person)
    expect(app).toMatchObject({ account: client.email, issuer: 'Kring Beoordelaars' })
    expect((await person.words('#key')).replaceAll(' ', '')).toBe(app.secret)
    expect(await person.words('#key')).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
    await person.fill({ code: app.code() === '000000' ? '000001' : '000000' })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['code'])
    expect(await client.answer(person)).toBe('authenticator')

    expect(await client.answer(person)).toBe('phone')
    expect(await person.reads()).not.toContain(client.number)
    expect(await client.answer(person)).toBe('phoneCode')
    expect(await client.answer(person)).toBe('backupCode')
    expect(await client.answer(person)).toBe('done')
    expect(await person.at()).toBe('/home')
    expect(await person.reads()).toContain(client.name)

    await person.press('/sign-out')
    expect(await person.at()).toBe('/sign-in')
    await person.go('/home')
    expect(await person.at()).toBe('/sign-in')

    portal.forward('PT1M')
    expect(await client.answer(person)).toBe('signIn')
    expect(await client.answer(person)).toBe('signInCode')
    expect(await person.at()).toBe('/home')

    await staff.go('/staff/people')
    expect(await staff.reads()).toContain('Actief')
    const subjects = (await portal.outbox('kring', client.email)).map(({ subject }) => subject)
    expect(subjects).toHaveLength(5) // the invitation, a notice for each change, and that the account is active
  })

  test('the phone may be skipped; the backup code lets in when the app is lost, and a new one follows at once', async () => {
    const { client, person } = await invited(journey, 'skip')
    const { portal } = journey
    await client.until(person, 'phone')
    await person.press('skip')
    await client.until(person, 'home')
    const first = client.backupCode ?? ''
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/)

    await person.press('/sign-out')
    portal.forward('PT1M')
    await client.until(person, 'signInCode')
    await person.follow('/sign-in/other')
    await person.fill({ way: 'backupCode' })
    await person.press()
    // As people copy it: lower case, spaces for dashes, the letter O for a nought.
    await person.fill({ code: first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o') })
    await person.press()
    expect(await client.page(person)).toBe('backupCode')
    await client.answer(person)
    expect(client.backupCode).not.toBe(first)
    await client.until(person, 'home')

    await person.press('/sign-out')
    portal.forward('PT1M')
    await client.until(person, 'signInCode')
    await person.follow('/sign-in/other')
    await person.fill({ way: 'backupCode' })
    await person.press()
    await person.fill({ code: first })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['code'])
    expect((await portal.outbox('kring', client.email))[0]?.subject).toMatch(/reservecode/)
  })

  test('the recovery phone lets in when the app is lost', async () => {
    const { client, person } = await invited(journey, 'sms')
    await client.until(person, 'home')
    await person.press('/sign-out')
    journey.portal.forward('PT2M')
    await client.until(person, 'signInCode')
    await person.follow('/sign-in/other')
    await person.fill({ way: 'sms' })
    await person.press()
    expect(await person.reads()).toContain(client.number.slice(-2))
    await person.fill({ code: await codeTo(journey.portal, 'kring', client.number) })
    await person.press()
    expect(await person.at()).toBe('/home')
  })
})
