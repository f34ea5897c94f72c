import { join } from 'node:path'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'node-html-parser'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTexts, languages } from '../../src/platform/i18n/texts.ts'
import { fitsGsm7 } from '../../src/platform/outbox/gsm7.ts'
import { composeMail, type Mail } from '../../src/tenancy/outbox.ts'
import { unattendedContext } from '../../src/tenancy/context.ts'
import { emOf } from '../../src/tenancy/tenants.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { modules } from '../../src/modules.ts'
import { allListed, compose } from '../../src/tenancy/compose.ts'
import { mailKind } from '../../src/tenancy/mail-kind.ts'
import { mailsOf, notice } from '../../src/tenancy/notice.ts'

const root = new URL('../../', import.meta.url).pathname
const firms = readdirSync(join(root, 'tenants'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
const read = new Map(
  firms.map((firm) => [firm, loadTexts({ roots: [join(root, 'tenants', firm, 'views'), join(root, 'views')] })]),
)
const texts = (firm: string) => read.get(firm)!
const kinds = modules.flatMap(mailsOf)
const params: Record<string, string> = {
  name: 'Noor <b>',
  lifetime: '72 uur',
  code: '123456',
  by: 'both',
  when: 'morgen',
  until: 'morgen',
  organisation: 'Bakkerij & Zn <i>',
}

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

interface Composed {
  lang: string
  purpose: string
  subject: string
  text: string
  html: string
}
const composed = new Map<string, Promise<Composed[]>>()
/** Every mail there is at this firm, in both languages. */
function mails(firm: string): Promise<Composed[]> {
  const known = composed.get(firm) ?? composeAll(firm)
  composed.set(firm, known)
  return known
}
async function composeAll(firm: string): Promise<Composed[]> {
  const tenant = portal.tenant(firm)
  const context = unattendedContext(portal.services, tenant, emOf(portal.services.orm, tenant.id))
  const has = (key: string) => texts(firm).has('nl', `mail.${key}`)
  const all = languages.flatMap((lang) =>
    kinds.map(async (kind) => {
      const { purpose } = kind
      const mail: Mail = {
        kind,
        // Only what it says it is told: a text that asks for more cannot be made.
        params: Object.fromEntries(kind.params.map((name) => [name, params[name] ?? ''])),
        details: { username: 'noor', address: 'http://firm.example' },
        ...((kind.family || has(`${purpose}.button`)) && { link: '/activation/abc' }),
      }
      const to = { id: 'x', email: 'noor@firm.example', language: lang }
      return { lang, purpose, ...(await composeMail(context, to, mail)) }
    }),
  )
  return Promise.all(all)
}

test('every mail is declared and listed, has a subject and a body, and there are no words of mails that are not', () => {
  const said = Object.keys(JSON.parse(readFileSync(join(root, 'views/mail/nl.json'), 'utf8')) as object)
  const parts = (part: string) => said.flatMap((key) => (key.endsWith(part) ? [key.slice(0, -part.length)] : []))
  const purposes = kinds.map(({ purpose }) => purpose).sort()
  expect(parts('.subject').sort()).toEqual(purposes)
  expect(purposes.filter((purpose) => !said.includes(`${purpose}.body`))).toEqual([])
  expect(kinds.filter(({ sms, purpose }) => sms && !said.includes(`sms.${purpose}`))).toEqual([])
  const forgotten = mailKind('forgotten', ['name'])
  const more = { name: 'more', mails: [forgotten] }
  expect(() => allListed(compose(modules))).toThrow('No module lists these mails: forgotten')
  expect(() => allListed(compose([...modules, more]))).not.toThrow()
  expect(() => compose([...modules, more, { ...more, name: 'again' }])).toThrow('forgotten')
})

test('a notice that no module lists stops the start; two with one name, be it a former one, do too', () => {
  const forgotten = notice('phoneRemoved', { aliases: ['passwordChanged'] })
  expect(() => allListed(compose(modules))).toThrow('No module lists these notices: phoneRemoved')
  expect(() => compose([...modules, { name: 'more', notices: [forgotten] }])).toThrow(
    /notice "phoneRemoved".*notice "passwordChanged"/,
  )
})

test.each(firms)(
  'every mail of %s has its words, as text without signs of HTML and as HTML without what a name could smuggle in',
  async (firm) => {
    for (const { lang, purpose, text, html } of await mails(firm)) {
      const which = `${purpose} in ${lang}`
      expect(text, which).not.toMatch(/undefined|&#|&lt;|<\/|[{}]/)
      expect(text, which).toMatch(/\n\n.+\n\n/s)
      expect(html, which).not.toMatch(/undefined|<b>|<script|[{}]/)
      expect(html, which).toContain(`help@${firm}.example`)
    }
  },
)

test.each(firms)(
  'the text part of every mail of %s speaks of links, and has them; the HTML has one button',
  async (firm) => {
    for (const { lang, purpose, text, html } of await mails(firm)) {
      const which = `${purpose} in ${lang}`
      expect(text, which).not.toMatch(/\bknop|\bbutton/i)
      const buttons = parse(html).querySelectorAll('td[bgcolor] a')
      expect(buttons.length, which).toBe(text.includes('/activation/abc') ? 1 : 0)
    }
  },
)

test.each(firms)(
  'every mail of %s greets and closes in one tone, and shows the logo with the name of the firm',
  async (firm) => {
    const tenant = portal.tenant(firm)
    for (const lang of languages) {
      const own = (await mails(firm)).filter((mail) => mail.lang === lang)
      // The mail with a code says nothing of whom it is for, and greets nobody.
      const greets = own.filter(({ purpose }) =>
        kinds.some((kind) => kind.purpose === purpose && kind.params.includes('name')),
      )
      expect(new Set(greets.map(({ text }) => text.split('\n')[0])).size).toBe(1)
      const closing = texts(firm).translator(lang, { firm: tenant.policy.name })('mail.closing')
      for (const { text } of own) expect(text).toContain(`\n\n${closing}\n\n`)
      for (const { html } of own) {
        const logo = parse(html).querySelector('img')!
        expect([logo.getAttribute('src'), logo.getAttribute('alt')]).toEqual(['cid:logo', tenant.policy.name])
      }
    }
    const { png, width, height } = (await portal.services.presentation(tenant).logo())!
    const made = await sharp(png).metadata()
    expect([made.format, made.width, made.height, made.hasAlpha]).toEqual([
      'png',
      expect.closeTo(width * 2, -0.5),
      expect.closeTo(height * 2, -0.5),
      false,
    ])
    expect(height).toBeLessThanOrEqual(40)
  },
)

test.each(firms)('the SMS of %s fits one message together with the line that binds the code', (firm) => {
  for (const lang of languages) {
    const longest = `${texts(firm).translator(lang, { firm: 'Polder Zorgverzekeraar' })('mail.sms.code', { code: '123456' })}\n@portaal.polderzorgverzekeraar.example #123456`
    expect(fitsGsm7(longest)).toBe(true)
    expect(longest.length).toBeLessThanOrEqual(160)
  }
})
