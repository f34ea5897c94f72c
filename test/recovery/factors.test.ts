import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HttpPerson } from '../support/http.ts'
import { givesPassword, somebody } from '../support/somebody.ts'
import { opensReset } from '../faults/acts.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { at, chooses, mails } from './way-back.ts'
import { httpPerson } from '../support/http.ts'
import { rowsIn } from '../support/rows.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const gives = async (person: HttpPerson, code: string) => {
  await person.fill({ code })
  await person.press()
}
const takesBackup = async (person: HttpPerson) => {
  await person.follow('main a[href$="/other"]')
  await person.fill({ way: 'backupCode' })
  await person.press()
}

test('the app’s code: a wrong one is refused and counted, the right one leads on, and it worked once', async () => {
  const who = await somebody(portal, 'kring', { app: true })
  const person = await opensReset(who)
  const code = who.app()
  await gives(person, code === '111111' ? '222222' : '111111')
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  await gives(person, code)
  expect(await person.sees('main [name=password]')).toBe(true)
  // What was shown here is not shown in another browser, and the code is spent.
  const thief = httpPerson(portal, 'kring')
  await thief.go(await person.at())
  await gives(thief, code)
  expect(Object.keys(await thief.mistakes())).toEqual(['code'])
  await givesPassword(thief, who)
  await gives(thief, code)
  expect(Object.keys(await thief.mistakes())).toEqual(['code'])
  await chooses(person)
  expect(await person.at()).toBe('/sign-in')
})

test('the backup code: told by mail, worth nothing after, and signing in hands out the next', async () => {
  const who = await somebody(portal, 'kring', { backup: true })
  const person = await opensReset(who)
  await takesBackup(person)
  await gives(person, 'AAAAA-AAAAA-AAAAA-AAAAA')
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  await gives(person, who.backup)
  expect(await mails(portal, 'kring', who.email, /reservecode/)).toBe(1)
  await chooses(person)
  portal.forward('PT61M')
  const again = await opensReset(who)
  expect(await again.sees('main a[href$="/other"]')).toBe(false)
})

test('a link that saved was used, and one that asked for help too: neither was "replaced"', async () => {
  const [active, lost] = [await somebody(portal, 'vandam'), await somebody(portal, 'kring')]
  const saved = await opensReset(active)
  const link = await saved.at()
  await chooses(saved)
  const asked = await opensReset(lost)
  const other = await asked.at()
  await asked.follow('main a[href$="/none"]')
  await asked.fill({ email: lost.email })
  await asked.press()
  for (const [person, to] of [
    [saved, link],
    [asked, other],
  ] as const) {
    await person.go(to)
    expect([person.status(), await person.sees('main a.govuk-button[href="/sign-in"]')]).toEqual([410, true])
  }
  expect(
    await rowsIn(
      at(portal, 'vandam'),
      'select from one_time where account_id = ? and purpose = ? and used_at is not null',
      [active.id, 'reset'],
    ),
  ).toHaveLength(1)
})
