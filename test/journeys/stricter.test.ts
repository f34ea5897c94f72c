import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { otherChoices } from '../support/choices.ts'
import { browserPerson, closeBrowser } from '../support/browser.ts'
import { codeTo } from '../support/phone.ts'
import { givesPassword, somebody } from '../support/somebody.ts'

let portal: TestPortal
// The people in the installation are older than these choices: to them the rules became stricter today.
beforeAll(async () => {
  portal = await openTestPortal({
    env: await otherChoices('vandam', {
      secondFactor: { when: 'always' },
      onboarding: { activation: [{ step: 'password' }, { step: 'phone' }, { step: 'done' }] },
    }),
  })
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

test.each([
  ['with', true],
  ['without', false],
])('stricter rules in a browser %s JavaScript: later, from the home page, and done', async (_, javaScript) => {
  const who = await somebody(portal, 'vandam')
  await portal.sql('update phone set removed_at = confirmed_at where account_id = $1', [who.id])
  const person = await browserPerson(portal, 'vandam', { javaScript })
  await givesPassword(person, who)
  expect(await person.heading()).toBe('Uw account wordt beter beveiligd')
  await person.press('later')
  expect(await person.at()).toBe('/home')
  portal.forward('PT6M')

  // Setting it up after all asks once more who is there.
  await person.press('/onboarding/start')
  expect(await person.at()).toBe('/step-up')
  await person.fill({ password: 'blauwe?fiets-op-zolder' })
  await person.press()
  await person.press('/onboarding/start')
  expect(await person.heading()).toBe('Uw account wordt beter beveiligd')
  await person.press()
  await person.fill({ phone: who.number.replace('+31', '0') })
  await person.press()
  await person.fill({ code: await codeTo(portal, 'vandam', who.number) })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  expect(await person.at()).toBe('/home')
  expect(await person.sees('form[action="/onboarding/start"]')).toBe(false)
  await person.close()
})
