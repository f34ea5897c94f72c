import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '../../src/modules.ts'
import type { Module } from '../../src/tenancy/manifest.ts'
import { root } from '../architecture/sources.ts'
import { otherChoices } from '../support/choices.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { invitedTo } from '../support/somebody.ts'
import type { Client } from '../support/client.ts'

/**
 * A factor, a step and a requirement that are not in this project: their folder stands in a temp folder, and nothing but the list given
 * to the portal knows it.
 */
let folder: string
let portal: TestPortal
let client: Client & { id: string }
let person: HttpPerson
const firm = 'kring'
const number = '402917'

/** The module's folder somewhere else, with the way back to the project put into its imports. */
async function movedAway(): Promise<Module> {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-factor-'))
  const own = path.join(folder, 'card')
  await cp(path.join(import.meta.dirname, 'card'), own, { recursive: true })
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  for (const file of (await readdir(own)).filter((name) => name.endsWith('.ts'))) {
    const text = await readFile(path.join(own, file), 'utf8')
    await writeFile(path.join(own, file), text.replaceAll("'../../../", `'${root}/`))
  }
  const { cards } = (await import(/* @vite-ignore */ pathToFileURL(path.join(own, 'module.ts')).href)) as {
    cards: Module
  }
  return cards
}

beforeAll(async () => {
  const env = await otherChoices(firm, {
    card: { obligatory: true },
    signIn: { passkey: false },
    secondFactor: { of: ['card', 'authenticator'], when: 'ifEnrolled' },
    onboarding: {
      activation: [
        { step: 'password' },
        { step: 'chooseFactor', of: ['authenticator', 'card'] },
        { step: 'authenticator', chosen: 'authenticator' },
        { step: 'card', chosen: 'card' },
        { step: 'done' },
      ],
    },
  })
  portal = await openTestPortal({ modules: [...modules, await movedAway()], env })
  client = await invitedTo(portal, firm)
  person = httpPerson(portal, firm)
})
afterAll(async () => {
  await portal.close()
  await rm(folder, { recursive: true, force: true })
})

test('it is offered when somebody chooses, and set up on the way in', async () => {
  await person.go(await client.link())
  await client.until(person, 'chooseFactor')
  expect(await person.reads()).toContain('Het nummer op de kaart die u van ons kreeg.')
  await person.fill({ factor: 'card' })
  await person.press()
  expect([await person.at(), await person.heading()]).toEqual(['/onboarding/card', 'Uw kaart'])
  await person.fill({ code: '12' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  await person.fill({ code: number })
  await person.press()
  await client.until(person, 'home')
})

test('it is asked when signing in and stepping up, and a wrong number opens nothing', async () => {
  await person.press('/sign-out')
  portal.forward('PT3M')
  await person.go('/sign-in')
  await client.until(person, 'signInCode')
  await person.fill({ code: '111111' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  await person.fill({ code: number })
  await person.press()
  await client.until(person, 'home')
  portal.forward('PT10M')
  await person.go('/profile/password')
  expect(await person.at()).toMatch(/^\/step-up/)
  await person.fill({ code: number })
  await person.press()
  expect(await person.at()).toBe('/profile/password')
})

test('it stands in the overview, has a page of its own, and goes; then it is missing, and asked again on the way in', async () => {
  await person.go('/profile')
  expect(await person.reads()).toContain('1 kaart')
  await person.follow('/profile/cards')
  expect(await person.reads()).toContain('Blauwe kaart')
  const [{ id }] = (await portal.sql<{ id: string }>('select id from card where removed_at is null')) as [
    { id: string },
  ]
  await person.go(`/profile/cards/${id}/remove`)
  await person.press(`/profile/cards/${id}/remove`)
  await person.go('/profile')
  expect(await person.reads()).not.toContain('1 kaart')
  await person.go('/profile/activity')
  expect(await person.reads()).toContain('Kaart weggehaald')
  await person.press('/sign-out')
  portal.forward('PT3M')
  await person.go('/sign-in')
  await client.answer(person)
  expect(await person.at()).toBe('/onboarding/stricter')
  expect(await person.reads()).toContain('Een kaart: u typt het nummer over dat erop staat.')
  await person.press()
  expect(await person.heading()).toBe('Uw kaart')
  await person.fill({ code: number })
  await person.press()
  expect(await client.until(person, 'home')).not.toContain('signInCode')
})
