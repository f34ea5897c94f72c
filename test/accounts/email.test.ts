import { expect, test } from 'vitest'
import { isFreeMail, readEmail } from '../../src/identity/accounts/email.ts'
import { defaultFreeMail } from '../../src/identity/accounts/free-mail.ts'

test.each([
  [' Jan.de.Vries+werk@Example.NL ', 'Jan.de.Vries+werk@example.nl', 'jan.de.vries+werk@example.nl'],
  ['\u200bjan@example.nl\u00a0\n', 'jan@example.nl', 'jan@example.nl'],
  ['Jose\u0301@example.nl', 'José@example.nl', 'josé@example.nl'],
  ['info@Café.nl', 'info@café.nl', 'info@xn--caf-dma.nl'],
  ['info@XN--CAF-DMA.nl', 'info@café.nl', 'info@xn--caf-dma.nl'],
  ['info@straße.de', 'info@straße.de', 'info@xn--strae-oqa.de'],
  ['jan@ｅxample。nl', 'jan@example.nl', 'jan@example.nl'],
  ["o'brien_1@mail.example.co.uk", "o'brien_1@mail.example.co.uk", "o'brien_1@mail.example.co.uk"],
  ['用户@例子.世界', '用户@例子.世界', '用户@xn--fsqu00a.xn--rhqv96g'],
])('%s', (typed, address, lookup) => {
  expect(readEmail(typed)).toEqual({ ok: true, address, lookup, confusable: false })
})

test.each([
  ['', 'empty'],
  [' \u200b ', 'empty'],
  ['jan', 'no-at'],
  ['@example.nl', 'unreadable'],
  ['a@b@example.nl', 'unreadable'],
  ['jan de vries@example.nl', 'unreadable'],
  ['jan.@example.nl', 'unreadable'],
  ['.jan@example.nl', 'unreadable'],
  ['j..an@example.nl', 'unreadable'],
  ['"jan"@example.nl', 'unreadable'],
  ['jan\r\nBcc: x@example.nl', 'unreadable'],
  ['Jan <jan@example.nl', 'unreadable'],
  ['a,b@example.nl', 'unreadable'],
  ['jan@example.nl>', 'domain'],
  ['jan@exa mple.nl', 'domain'],
  ['jan@', 'domain'],
  ['jan@example', 'domain'],
  ['jan@example..nl', 'domain'],
  ['jan@example.nl.', 'domain'],
  ['jan@-example.nl', 'domain'],
  ['jan@[127.0.0.1]', 'domain'],
  ['jan@127.0.0.1', 'domain'],
  ['jan@2130706433', 'domain'],
  ['jan@ex%41mple.nl', 'domain'],
  ['jan@example.nl/x', 'domain'],
  ['jan@exa_mple.nl', 'domain'],
  ['jan@example.12', 'domain'],
  [`${'a'.repeat(65)}@example.nl`, 'too-long'],
  [`${'é'.repeat(33)}@example.nl`, 'too-long'],
  [`jan@${'a'.repeat(64)}.nl`, 'domain'],
  [`jan@${Array(5).fill('a'.repeat(60)).join('.')}.nl`, 'too-long'],
])('%s is refused', (typed, key) => {
  expect(readEmail(typed)).toEqual({ ok: false, key: `accounts.email.${key}` })
})

test.each([
  ['jаn@example.nl'],
  ['jan@exаmple.nl'],
  ['jan@аррӏе.com'],
  ['jan@xn--exmple-4nf.nl'],
  ['ορα@example.nl'],
  ['ınfo@example.nl'],
])('%s asks for a second look', (typed) => {
  expect(readEmail(typed)).toMatchObject({ ok: true, confusable: true })
})

test('reading what was read changes nothing', () => {
  for (const typed of ['İstanbul@Example.nl', 'STRASSE@straße.de', 'ǅ@café.nl', 'Jan+X@EXAMPLE.nl']) {
    const once = readEmail(typed)
    if (!once.ok) throw new Error(once.key)
    expect(readEmail(once.address)).toEqual(once)
    expect(readEmail(once.lookup)).toMatchObject({ lookup: once.lookup })
  }
})

test('free mail', () => {
  expect(isFreeMail('jan@gmail.com', defaultFreeMail)).toBe(true)
  expect(isFreeMail('jan@mail.ziggo.nl', defaultFreeMail)).toBe(true)
  expect(isFreeMail('jan@notgmail.com', defaultFreeMail)).toBe(false)
  expect(isFreeMail('gmail.com@example.nl', defaultFreeMail)).toBe(false)
  expect(isFreeMail('jan@gratis.nl', ['Gratis.NL'])).toBe(true)
  expect(new Set(defaultFreeMail).size).toBe(defaultFreeMail.length)
  for (const domain of defaultFreeMail) expect(readEmail(`a@${domain}`)).toMatchObject({ lookup: `a@${domain}` })
})
