import { join } from 'node:path'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadTexts, languages } from '../../src/platform/texts.ts'
import { createViews } from '../../src/platform/views.ts'
import { fitsGsm7 } from '../../src/platform/outbox/gsm7.ts'

const root = new URL('../../', import.meta.url).pathname
const firms = readdirSync(join(root, 'tenants'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
const texts = (firm: string) => loadTexts({ roots: [join(root, 'tenants', firm, 'views'), join(root, 'views')] })
const purposes = ['activation', 'activationAgain', 'credentials', 'signInCode', 'passwordChanged', 'phoneChanged', 'secondFactorOn', 'secondFactorOff', 'backupCodeUsed']
const params = { firm: "'t Kantoor", name: 'Noor <b>', username: 'noor', password: 'cdfh-jkmn', lifetime: '72 uur', code: '123456' }

test.each(firms)('every mail of %s has its words, as text without signs of HTML and as HTML without what a name could smuggle in', (firm) => {
  for (const lang of languages) for (const purpose of purposes) {
    const own = texts(firm)
    const t = own.translator(lang, params)
    const say = (part: string) => own.has(lang, `mail.${purpose}.${part}`) ? t(`mail.${purpose}.${part}`) : null
    const views = createViews({ roots: [join(root, 'views')], texts: own, assets: (() => '') as never, zone: 'Europe/Amsterdam', icons: join(root, 'static/icons') })
    const button = say('button')
    const data = { lang, t, title: t(`mail.${purpose}.subject`), firm: params.firm, brand: '#123456', contact: { mail: 'help@firm.example', phone: '030 000' },
      paragraphs: t(`mail.${purpose}.body`).split(/\n\n+/), after: say('after')?.split(/\n\n+/) ?? [], code: purpose === 'signInCode' ? '123456' : null,
      button: button && { href: 'http://firm.example/activation/abc', text: button } }
    const text = views.render('mail/text', null, data as never)
    const html = views.render('mail/html', null, data as never)
    expect(text).not.toMatch(/undefined|&#|&lt;|<\/|[{}]/)
    expect(text).toMatch(/\n\n.+\n\n/s)
    expect(html).not.toMatch(/undefined|<b>|<script|[{}]/)
    expect(html).toContain('help@firm.example')
  }
})

test.each(firms)('the SMS of %s fits one message together with the line that binds the code', (firm) => {
  for (const lang of languages) {
    const longest = `${texts(firm).translator(lang, { firm: 'Polder Zorgverzekeraar', code: '123456' })('mail.sms.code')}\n@portaal.polderzorgverzekeraar.example #123456`
    expect(fitsGsm7(longest)).toBe(true)
    expect(longest.length).toBeLessThanOrEqual(160)
  }
})
