import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '../../src/modules/activation/index.ts'
import { answerLink } from '../../src/modules/activation/open-link.ts'
import type { Person } from '../../src/tenancy/context.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowsIn } from '../support/rows.ts'

let portal: QuietPortal
let staff: Person
beforeAll(async () => {
  portal = await quietPortal()
  staff = await portal.person('kring', { kind: 'staff', name: 'Staf' })
})
afterAll(() => portal.close())

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
  await invite(portal.contextOf('kring', staff), form)
  const token =
    (await portal.mails('kring'))
      .filter(({ to }) => to === email)
      .map(({ text }) => /\/activation\/([\w-]+)/.exec(text)?.[1])
      .at(-1) ?? ''
  const context = portal.context('kring')
  await rowsIn(context, 'update account set activated_at = ?, password_hash = ? where email_lookup = ?', [
    context.at,
    'k1$x',
    email,
  ])
  if (state === 'used')
    await rowsIn(
      context,
      `update one_time set used_at = ? where account_id = (select id from account where email_lookup = ?)`,
      [context.at, email],
    )
  expect(
    await answerLink(portal.context('kring'), token, {
      password: 'paarse-olifant-zingt',
      repeat: 'paarse-olifant-zingt',
    }),
  ).toMatchObject({ view: 'activation/gone', status: 410 })
  expect(
    await rowsIn(context, 'select id from run where account_id = (select id from account where email_lookup = ?)', [
      email,
    ]),
  ).toEqual([])
})
