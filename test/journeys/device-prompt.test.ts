import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { browserPerson, closeBrowser, type BrowserPerson } from '../support/browser.ts'
import { joins } from '../support/prompt-device.ts'
import { givesPassword, invitedTo, somebody, entersWith } from '../support/somebody.ts'
import type { Person } from '../support/person.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'loonhuis'
let portal: TestPortal
const people: BrowserPerson[] = []
beforeAll(async () => {
  portal = await openTestPortal()
})
afterEach(async () => {
  for (const person of people.splice(0)) await person.close()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

async function browserOf(javaScript: boolean, phone = false): Promise<BrowserPerson> {
  const person = await browserPerson(portal, firm, { javaScript })
  if (phone) await person.page.setViewportSize({ width: 390, height: 844 })
  people.push(person)
  return person
}

/** What a phone's camera reads from the page. */
async function seen(person: Person): Promise<string> {
  const png = PNG.sync.read(await person.picture('img.qr'))
  return (
    jsqr.default(new Uint8ClampedArray(png.data), png.width, png.height)?.data ??
    (() => {
      throw new Error('the picture is no QR code')
    })()
  )
}

describe.each([
  ['with', true],
  ['without', false],
] as const)('%s JavaScript', (_, script) => {
  /** The other screen goes on by itself, or by a press. */
  async function goesOn(person: BrowserPerson, to: string | RegExp): Promise<void> {
    if (script) await person.page.waitForURL(to, { timeout: 10_000 })
    else await person.press()
    expect(await person.at()).toMatch(to)
  }

  test('somebody new makes their phone an approving device, and signs in with it', async () => {
    const client = await invitedTo(portal, firm)
    const [person, phone] = [await browserOf(script), await browserOf(script, true)]
    await person.go(await client.link())
    await client.until(person, 'chooseFactor')
    await person.fill({ factor: 'devicePrompt' })
    await person.press()
    expect(await person.heading()).toBe('Keur inloggen goed op uw telefoon')
    await person.press('show')
    await joins(phone, { link: await seen(person), number: await person.words('#number') })
    await goesOn(person, /\/onboarding\/backup-code/)
    await client.until(person, 'home')
    await person.press('/sign-out')
    portal.forward('PT2M')
    await givesPassword(person, client, client.password)
    const number = await person.words('#code')
    await phone.go('/approve')
    expect(await phone.reads()).toMatch(/Bent u dit\?.*Chrome op Linux|Waarmee/)
    await phone.press(number)
    expect(await phone.heading()).toBe('Goedgekeurd')
    await goesOn(person, /\/home/)
    const [run] = await portal.sql<{ finished_at: Date | null }>('select finished_at from run where account_id = $1', [
      client.id,
    ])
    expect(run?.finished_at).not.toBeNull()
  })

  test('a waiting phone shows the question by itself; a wrong number and “this was not me” stop it, and a mail tells', async () => {
    const who = await somebody(portal, firm, { backup: true })
    const [person, phone] = [await browserOf(script), await browserOf(script, true)]
    await entersWith(person, who)
    await person.go('/profile')
    await person.follow('/profile/approvers')
    await person.press('/profile/approvers/join')
    await joins(phone, { link: await seen(person), number: await person.words('#number') })
    if (script) await person.page.waitForURL(/\/profile\/approvers$/)
    else await person.follow('main a.govuk-button')
    expect(await person.words('main .card')).toMatch(/Nog niet gebruikt/)

    await person.press('/sign-out')
    portal.forward('PT2M')
    await givesPassword(person, who)
    const right = await person.words('#code')
    if (script) await phone.page.waitForSelector('.choices')
    else await phone.follow('main a.govuk-button')
    expect(await phone.heading()).toBe('Bent u dit?')
    const wrong = (await phone.words('.choices')).match(/\d{2}/g)!.find((each) => each !== right)!
    await phone.press(wrong)
    expect(await phone.heading()).toBe('Tegengehouden')
    if (script) await person.page.waitForSelector('.govuk-error-summary')
    else await person.press()
    expect((await person.mistakes()).code).toContain('tegengehouden')

    await person.press('/sign-in/code/again')
    await phone.go('/approve')
    phone.page.setDefaultTimeout(10_000)
    await Promise.all([
      phone.page.waitForURL(/\/approve\/refused/),
      phone.page.locator('button.govuk-button--warning').click(),
    ])
    if (script) await person.page.waitForSelector('.govuk-error-summary')
    else await person.press()
    expect(
      (await portal.outbox(firm, who.email)).filter(
        ({ subject }) => subject === 'Iemand wilde inloggen als u. Was u dit?',
      ),
    ).toHaveLength(1)

    await person.follow('/sign-in/other')
    await person.fill({ way: 'backupCode' })
    await person.press()
    await person.fill({ code: who.backup })
    await person.press()
    expect(await person.at()).toMatch(/onboarding|home/)
  })

  test('a step-up goes by approval; the device gets another name, and goes', async () => {
    const who = await somebody(portal, firm, { backup: true })
    const [person, phone] = [await browserOf(script), await browserOf(script, true)]
    await entersWith(person, who)
    await person.go('/profile/approvers')
    await person.press('/profile/approvers/join')
    await joins(phone, { link: await seen(person), number: await person.words('#number') })
    if (script) await person.page.waitForURL(/\/profile\/approvers$/)
    else await person.follow('main a.govuk-button')
    portal.forward('PT6M')
    await person.follow('main .card a[href$="/name"]')
    expect(await person.at()).toBe('/step-up')
    await person.press('/step-up/send')
    const number = await person.words('#code')
    await phone.go('/approve')
    await phone.press(number)
    await goesOn(person, /\/name$/)
    await person.fill({ name: 'Telefoon van thuis' })
    await person.press()
    expect(await person.words('main .card h2')).toBe('Telefoon van thuis')
    await person.follow('main .card a[href$="/remove"]')
    await person.press()
    expect(await person.reads()).toContain('U heeft nog geen apparaat')
    await phone.go('/approve')
    expect(await phone.heading()).toBe('Op dit apparaat keurt u niets goed')
  })
})
