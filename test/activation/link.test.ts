import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '../../src/rooms/activation/index.ts'
import { answerLink } from '../../src/rooms/activation/open-link.ts'
import type { Person } from '../../src/tenancy/visit.ts'
import { quietHouse, type QuietHouse } from '../setup/visits.ts'

let house: QuietHouse
let staff: Person
beforeAll(async () => {
  house = await quietHouse()
  staff = await house.person('kring', { kind: 'staff', name: 'Staf' })
})
afterAll(() => house.close())

test.each(['used', 'alive'])('the form on a link (%s) of somebody who is active begins nothing anew', async (state) => {
  const email = `${state}@lid.example`
  const form = {
    name: 'Noor de Wit',
    email,
    username: '',
    role: '',
    organisation: '',
    language: '',
    'birthDate-day': '',
    'birthDate-month': '',
    'birthDate-year': '',
  }
  await invite(house.visitOf('kring', staff), form)
  const token =
    (await house.mails('kring'))
      .filter(({ to }) => to === email)
      .map(({ text }) => /\/activation\/([\w-]+)/.exec(text)?.[1])
      .at(-1) ?? ''
  const visit = house.visit('kring')
  await visit.query('update account set activated_at = ?, password_hash = ? where email_lookup = ?', [
    visit.at,
    'k1$x',
    email,
  ])
  if (state === 'used')
    await visit.query(
      `update one_time set used_at = ? where account_id = (select id from account where email_lookup = ?)`,
      [visit.at, email],
    )
  expect(
    await answerLink(house.visit('kring'), token, { password: 'paarse-olifant-zingt', repeat: 'paarse-olifant-zingt' }),
  ).toMatchObject({ view: 'activation/gone', status: 410 })
  expect(
    await visit.query('select id from run where account_id = (select id from account where email_lookup = ?)', [email]),
  ).toEqual([])
})
