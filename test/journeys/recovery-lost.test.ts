import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { codeTo } from '../support/phone.ts'
import type { Person } from '../support/person.ts'
import { entersWith, givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { browsers } from '../support/ways.ts'
import { linkIn, opensReset } from '../faults/acts.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { rowsIn } from '../support/rows.ts'

const fresh = 'Drie#natte regenlaarzen'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

describe.each(browsers)('%s', (_, open) => {
  const people: Person[] = []
  afterEach(async () => {
    for (const person of people.splice(0)) await person.close()
  })
  const someone = async (slug: string) => {
    const person = await open(portal, slug)
    people.push(person)
    return person
  }
  /** From the sign-in page to the page behind the mailed link. */
  async function forgets(who: Somebody): Promise<Person> {
    portal.forward('PT61M')
    const person = await someone(who.slug)
    await person.go('/sign-in')
    await person.follow('/recovery')
    return opensReset(who, person)
  }
  async function chooses(person: Person): Promise<void> {
    await person.fill({ password: fresh, repeat: fresh })
    await person.press()
    expect(await person.at()).toBe('/sign-in')
    expect(await person.reads()).toContain('opgeslagen')
    await person.go('/home')
    expect(await person.at()).toBe('/sign-in')
  }
  const takes = async (person: Person, way: string) => {
    await person.follow('main a[href$="/other"]')
    await person.fill({ way })
    await person.press()
  }

  test('the app is lost: the number will do, and without that the backup code', async () => {
    const who = await somebody(portal, 'kring', { app: true, backup: true })
    const byPhone = await forgets(who)
    expect(await byPhone.reads()).toContain('app')
    await takes(byPhone, 'sms')
    await byPhone.press('send')
    await byPhone.fill({ code: await codeTo(portal, 'kring', who.number) })
    await byPhone.press()
    await chooses(byPhone)
    const byCode = await forgets(who)
    await takes(byCode, 'backupCode')
    await byCode.fill({ code: who.backup.toLowerCase().replaceAll('-', ' ') })
    await byCode.press()
    await chooses(byCode)
  })

  test('app, number and backup code are lost: two people of the firm, and then two steps are set up anew', async () => {
    const who = await somebody(portal, 'kring', { app: true, backup: true })
    const person = await forgets(who)
    await takes(person, 'none')
    await person.fill({ email: who.email })
    await person.press()
    expect(await person.at()).toBe('/recovery/waiting')
    for (const kind of ['staff', 'admin'] as const) {
      const member = await entersWith(await someone('kring'), await somebody(portal, 'kring', { kind }))
      await member.go('/staff/resets')
      const [request] = await portal.sql<{ id: string }>(
        'select id from recovery_request where done_at is null and account_id = $1',
        [who.id],
      )
      await member.follow(`/staff/resets/${request!.id}/release`)
      await member.press()
      expect(await member.mistakes()).toEqual({})
    }
    await person.go(await linkIn(who, /\/recovery\/[\w-]{30,}/))
    await chooses(person)
    portal.forward('PT2M')
    await givesPassword(person, who, fresh)
    expect(await person.at()).toBe('/onboarding/intro')
    await person.go('/home')
    expect(await person.at()).toBe('/onboarding/intro')
  })

  test('password and backup code switch two steps off where the firm lets one', async () => {
    const who = await somebody(portal, 'loonhuis', { app: true, backup: true })
    portal.forward('PT2M')
    const person = await someone('loonhuis')
    await givesPassword(person, who)
    await person.follow('/sign-in/other')
    await person.fill({ way: 'backupCode' })
    await person.press()
    await person.fill({ code: who.backup })
    await person.press()
    expect(await person.at()).toBe('/onboarding/backup-code')
    await person.press('off')
    expect(await person.at()).toBe('/onboarding/intro')
    await person.press('later')
    expect(await person.at()).toBe('/home')
  })

  test('the secret question is a hurdle beside the app, and beside the mail alone', async () => {
    for (const app of [true, false]) {
      const who = await somebody(portal, 'linde', { app })
      const context = nobody(portal, 'linde')
      await rowsIn(
        context,
        'insert into secret_question (tenant_id, account_id, question, answer_hash, set_at) values (?, ?, ?, ?, ?)',
        [
          context.tenant.id,
          who.id,
          context.tenant.vault.seal(
            context.associatedData('secret_question', 'question', who.id),
            'Hoe heette de kat?',
          ),
          await portal.services.hasher.hashPassword('minoes'),
          context.at,
        ],
      )
      const person = await forgets(who)
      await person.fill({ answer: 'poes' })
      await person.press()
      expect((await person.mistakes()).answer).toMatch(/4/)
      await person.fill({ answer: ' Minoes' })
      await person.press()
      if (app) {
        expect(await person.sees('main [name=password]')).toBe(false)
        await person.fill({ code: who.app() })
        await person.press()
      }
      await chooses(person)
    }
  })

  test('where signing in asks a password only, the mailed link will do', async () => {
    await chooses(await forgets(await somebody(portal, 'vandam')))
  })
})
