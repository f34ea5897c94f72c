import { expect, test } from 'vitest'
import { Client } from '../support/client.ts'
import { invites, signsIn } from '../support/staff.ts'
import { journeys } from '../support/ways.ts'

journeys('vandam', (journey) => {
  test('a client is invited with a role, activates with a phone, and signs in again with an SMS', async () => {
    const { portal } = journey
    const client = new Client(portal, 'vandam', journey.address('client'))
    const staff = await journey.somebody()
    await signsIn(portal, 'vandam', staff)
    await staff.go('/staff/people/new')
    await staff.fill({ name: client.name, email: client.email })
    await staff.press()
    expect(Object.keys(await staff.mistakes())).toEqual(['role'])
    client.username = `noor.client${journey.address('').replace(/\D/g, '')}`
    await invites(staff, client, { role: 'director', username: client.username })

    const person = await journey.somebody()
    await person.go(await client.link())
    expect(await client.until(person, 'home')).toEqual(['password', 'phone', 'phoneCode', 'done'])
    expect(await person.reads()).toContain(client.name)

    await person.press('/sign-out')
    portal.forward('PT2M')
    expect(await client.until(person, 'home')).toEqual(['signIn', 'signInCode'])
  })

  test('the phone may be skipped; the home page then says what is still to do, and leads there', async () => {
    const { portal } = journey
    const client = new Client(portal, 'vandam', journey.address('later'))
    const staff = await journey.somebody()
    await signsIn(portal, 'vandam', staff)
    client.username = `noor.later${journey.address('').replace(/\D/g, '')}`
    await invites(staff, client, { role: 'bookkeeper', username: client.username })
    const person = await journey.somebody()
    await person.go(await client.link())
    await client.until(person, 'phone')
    await person.press('skip')
    expect(await client.until(person, 'home')).toEqual(['done'])
    await person.press('/onboarding/start')
    expect(await client.page(person)).toBe('chooseFactor')
    expect(await client.until(person, 'home')).toEqual(['chooseFactor', 'authenticator', 'backupCode'])
    expect(await person.sees('form[action="/onboarding/start"]')).toBe(false)
  })
})
