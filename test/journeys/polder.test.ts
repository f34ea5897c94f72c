import { expect, test } from 'vitest'
import { Client } from '../support/client.ts'
import { codeTo, linkTo } from '../support/phone.ts'
import { invites, signsIn } from '../support/staff.ts'
import { journeys } from '../support/ways.ts'

journeys('polder', (journey) => {
  test('password and number on one form are saved together, after the code; then name, password and SMS', async () => {
    const { portal } = journey
    const client = new Client(portal, 'polder', journey.address('medewerker'))
    const administrator = await journey.somebody()
    await signsIn(portal, 'polder', administrator, 'client')
    client.username = `noor.polder${journey.address('').replace(/\D/g, '')}`
    await invites(administrator, client, { role: 'user', username: client.username })

    const person = await journey.somebody()
    await person.go(await client.link())
    expect(await client.answer(person)).toBe('together')
    expect(await client.page(person)).toBe('phoneCode')
    const [before] = await portal.sql<{ password_hash: string | null }>(
      'select password_hash from account where email = $1',
      [client.email],
    )
    expect(before?.password_hash).toBeNull()
    expect(
      await portal.sql('select from phone p join account a on a.id = p.account_id where a.email = $1', [client.email]),
    ).toHaveLength(0)

    const right = await codeTo(portal, 'polder', client.number)
    await person.fill({ code: right === '123456' ? '654321' : '123456' })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['code'])
    expect(await client.answer(person)).toBe('phoneCode')
    const [after] = await portal.sql<{ password_hash: string | null }>(
      'select password_hash from account where email = $1',
      [client.email],
    )
    expect(after?.password_hash).not.toBeNull()

    expect(await client.answer(person)).toBe('done')
    expect(await person.at()).toBe('/sign-in')
    portal.forward('PT2M')
    expect(await client.until(person, 'home')).toEqual(['signIn', 'signInCode'])
    const number = await portal.sql<{ number: string; lookup: string }>(
      'select number, lookup from phone p join account a on a.id = p.account_id where a.email = $1',
      [client.email],
    )
    expect(JSON.stringify(number)).not.toContain(client.number.slice(2))
  })

  test('the client’s own administrator invites with a business address only, and sends an expired link again', async () => {
    const { portal } = journey
    const client = new Client(portal, 'polder', journey.address('verlopen'))
    const administrator = await journey.somebody()
    await signsIn(portal, 'polder', administrator, 'client')
    await administrator.go('/staff/people/new')
    await administrator.fill({ name: client.name, email: 'noor@gmail.com', role: 'user' })
    await administrator.press()
    expect(Object.keys(await administrator.mistakes())).toEqual(['email'])
    client.username = `noor.oud${journey.address('').replace(/\D/g, '')}`
    await invites(administrator, client, { role: 'user', username: client.username })
    const old = await client.link()
    portal.forward('PT73H')

    const person = await journey.somebody()
    await person.go(old)
    expect(await person.sees('main [name=password]')).toBe(false)
    expect(await person.reads()).not.toContain(client.name)
    await signsIn(portal, 'polder', administrator, 'client')
    await administrator.go(`/staff/people?search=${encodeURIComponent(client.email)}`)
    await administrator.follow('table a[href^="/staff/people/"]')
    await administrator.follow(`${await administrator.at()}/invitation`)
    await administrator.press()
    const fresh = await linkTo(portal, 'polder', client.email)
    expect(fresh).not.toBe(old)
    await person.go(old)
    expect(await person.sees('main [name=password]')).toBe(false)
    await person.go(fresh)
    expect(await client.page(person)).toBe('together')
  })
})
