import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendNotice } from '../../src/identity/notices/index.ts'
import { passwordNotices } from '../../src/identity/passwords/index.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { httpPerson } from '../support/http.ts'
import { enters, nobody, somebody } from '../support/somebody.ts'
import { linkIn, typedIn, type Held } from './acts.ts'
import { allClear, queued, send } from './effects.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const password = 'blauwe?fiets-op-zolder'
const fresh = 'Drie#natte regenlaarzen'

test('two links "not me" of one person at the same moment do not wait for each other', async () => {
  const who = await somebody(portal, 'kring')
  const forms: Held[] = []
  for (let nth = 0; nth < 2; nth++) {
    portal.forward('PT1M')
    await nobody(portal, 'kring').transaction((context) =>
      sendNotice(context, { ...who, language: 'nl' }, passwordNotices.changed),
    )
    forms.push(
      ...(await typedIn(portal, 'kring', await linkIn(who, /\/profile\/not-me\/[\w-]+/), { email: who.email })).slice(
        0,
        1,
      ),
    )
  }
  const [older, newer] = await queued(
    portal,
    who.id,
    () => send(forms[0]!),
    () => send(forms[1]!),
  )
  // The first one sent has the last word: it kills the other.
  expect([older.status, newer.status]).toEqual([303, 410])
})

test('a new password and a new address confirmed elsewhere do not wait for each other: the one that came first counts', async () => {
  const who = await somebody(portal, 'kring')
  const person = await enters(who)
  await person.go('/profile/email')
  await person.fill({ email: `nieuw-${who.email}` })
  await person.press()
  const elsewhere = httpPerson(portal, 'kring')
  await elsewhere.go(await linkIn(who, /\/profile\/email\/[\w-]{30,}/, `nieuw-${who.email}`))
  await elsewhere.fill({ password })
  await person.go('/profile/password')
  await person.fill({ current: password, password: fresh, repeat: fresh })
  const answers = await queued(
    portal,
    who.id,
    () => send({ person, sending: person.form() }),
    () => send({ person: elsewhere, sending: elsewhere.form() }),
  )
  allClear(answers)
  // The password typed beside the link is the old one by then.
  expect(answers.map(({ status }) => status)).toEqual([303, 422])
})
