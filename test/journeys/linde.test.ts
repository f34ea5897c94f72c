import { expect, test } from 'vitest'
import { Client } from '../support/client.ts'
import { invites, signsIn } from '../support/staff.ts'
import { journeys, type Journey } from '../support/ways.ts'

async function invited(journey: Journey, name: string) {
  const client = Object.assign(new Client(journey.portal, 'linde', journey.address(name)), { hasOwn: false })
  const staff = await journey.somebody()
  await signsIn(journey.portal, 'linde', staff)
  await invites(staff, client)
  const person = await journey.somebody()
  await person.go(await client.link())
  return { client, person, staff }
}

journeys('linde', (journey) => {
  test('three mails, an own password, a secret question, and home', async () => {
    const { portal } = journey
    const { client, person } = await invited(journey, 'client')
    expect(await client.answer(person)).toBe('birthDate')
    expect(await client.page(person)).toBe('signInStep')
    await client.reads()
    expect(client.username).toMatch(/noor/)
    await client.answer(person)
    expect(await client.answer(person)).toBe('signIn')
    expect(await client.page(person)).toBe('signInCode')
    expect(await person.sees('[name=trust]:checked')).toBe(false)
    expect(await client.answer(person)).toBe('signInCode')

    expect(await client.page(person)).toBe('password')
    const temporary = client.temporary!
    client.hasOwn = true
    await person.fill({ current: temporary, password: 'zonderbijzonderteken12', repeat: 'zonderbijzonderteken12' })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['password'])
    await person.fill({ current: temporary, password: client.password, repeat: client.password })
    await person.press()
    expect(await person.mistakes()).toEqual({})
    expect(await client.answer(person)).toBe('secretQuestion')
    expect(await client.answer(person)).toBe('signInStep')
    portal.forward('PT2M')
    expect(await client.until(person, 'home')).toEqual(['signIn', 'signInCode'])
    expect(await person.reads()).toContain(client.name)

    await person.press('/sign-out')
    portal.forward('PT2M')
    await person.fill({ identifier: client.username!, password: temporary })
    await person.press()
    expect(Object.keys(await person.mistakes())).not.toEqual([])
    await client.until(person, 'signInCode')
    await person.fill({ trust: true })
    await client.answer(person)
    expect(await person.at()).toBe('/home')
    await person.press('/sign-out')
    portal.forward('P6D')
    expect(await client.until(person, 'home')).toEqual(['signIn'])
    await person.press('/sign-out')
    portal.forward('P2D')
    expect(await client.until(person, 'home')).toEqual(['signIn', 'signInCode'])
  })

  test('after five wrong dates of birth the link is dead and staff see why', async () => {
    const { client, person, staff } = await invited(journey, 'verkeerd')
    for (let tries = 0; tries < 5; tries++) {
      await person.fill({ 'birth-day': '4', 'birth-month': '5', 'birth-year': '1984' })
      await person.press()
      expect(Object.keys(await person.mistakes())).toEqual(['birth'])
    }
    await person.fill({ 'birth-day': '3', 'birth-month': '5', 'birth-year': '1984' })
    await person.press()
    expect(await person.sees('main [name="birth-day"]')).toBe(false)
    await person.go(await client.link())
    expect(await person.sees('main [name="birth-day"]')).toBe(false)
    await staff.go(`/staff/people?search=${encodeURIComponent(client.email)}`)
    expect(await staff.reads()).toContain('geboortedatum')
  })

  test('the home page urges two-step verification until it is there', async () => {
    const { client, person } = await invited(journey, 'sterker')
    await client.until(person, 'password')
    const temporary = client.temporary!
    client.hasOwn = true
    await person.fill({ current: temporary, password: client.password, repeat: client.password })
    await person.press()
    await client.answer(person)
    journey.portal.forward('PT2M')
    await client.until(person, 'home')
    await person.press('/onboarding/start')
    expect(await client.until(person, 'home')).toEqual(['intro', 'authenticator', 'backupCode'])
    expect(await person.sees('form[action="/onboarding/start"]')).toBe(false)
    await person.press('/sign-out')
    journey.portal.forward('PT2M')
    expect(await client.until(person, 'home')).toEqual(['signIn', 'signInCode'])
  })
})
