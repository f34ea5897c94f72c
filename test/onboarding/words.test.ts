import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { enters, invitedTo, nobody, somebody } from '../support/somebody.ts'
import { text } from '../support/words.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal({ people: true })
})
afterAll(() => portal.close())

const page = (person: HttpPerson) => text(person.page().querySelector('body')!)

test('linde: nothing on the way in says that only the practitioner sees a password, a secret answer or a date of birth', async () => {
  for (const language of ['nl', 'en'] as const) {
    const client = await invitedTo(portal, 'linde', { language })
    client.hasOwn = false
    const person = httpPerson(portal, 'linde')
    await person.go(await client.link())
    for (let at = await client.page(person); at !== 'home'; at = await client.page(person)) {
      expect(page(person), at).not.toMatch(/ziet alleen uw behandelaar|[Oo]nly your practitioner sees/)
      if (at === 'signIn') portal.forward('PT2M')
      await client.answer(person)
      if (at === 'password') client.hasOwn = true
    }
  }
})

test.each([
  ['kring', 'nl', 'Wachtwoord opslaan'],
  ['kring', 'en', 'Save password'],
] as const)('%s: changing a password (%s) activates nothing', async (slug, language, button) => {
  const who = await somebody(portal, slug)
  await portal.sql('update account set language = $1 where id = $2', [language, who.id])
  const person = await enters(who)
  await person.go('/profile/password')
  expect(await person.words('main form[action="/profile/password"] button.govuk-button[type=submit]:not([name])')).toBe(
    button,
  )
})

test('kring: who has to choose a new password later reads nothing of activating', async () => {
  const context = nobody(portal, 'kring')
  for (const language of ['nl', 'en'] as const) {
    const t = portal.services.presentation(context.tenant).texts.translator(language, { firm: 'Kring' })
    const html = portal.services.presentation(context.tenant).views.render('onboarding/password', null, {
      lang: language,
      t,
      tenant: null,
      again: true,
      rules: [],
      action: '/onboarding/password',
      progress: null,
      title: t('onboarding.new-password.title'),
    } as never)
    expect(html).not.toMatch(/activ|assessor|beoordeelt/i)
  }
})

test.each([
  ['authenticator', 8],
  ['sms', 7],
] as const)(
  'loonhuis: the introduction names all ways, and the count of steps neither falls nor jumps (%s)',
  async (factor, total) => {
    const client = await invitedTo(portal, 'loonhuis')
    const person = httpPerson(portal, 'loonhuis')
    await person.go(await client.link())
    const counts: [number, number | null][] = []
    for (let at = await client.page(person); at !== 'home'; at = await client.page(person)) {
      const words = (await person.sees('.progress__words')) ? await person.words('.progress__words') : null
      const [, current, of] = /^Stap (\d+)(?: van (\d+))?$/.exec(words ?? '') ?? []
      if (current) counts.push([Number(current), of ? Number(of) : null])
      if (at === 'intro') {
        const told = await person.reads()
        for (const way of [
          'een passkey',
          'een app met codes',
          'goedkeuren op een ander apparaat',
          'een code per sms',
          'reservecode',
        ])
          expect(told).toContain(way)
        expect(told).not.toContain('Google Authenticator')
      }
      if (at === 'chooseFactor') {
        await person.fill({ factor })
        await person.press()
      } else {
        if (at === 'signIn') portal.forward('PT2M')
        await client.answer(person)
      }
    }
    const totals = counts.flatMap(([, of]) => of ?? [])
    expect(new Set(totals)).toEqual(new Set([total]))
    expect(
      counts.slice(0, 3).every(([, of]) => of === null),
      JSON.stringify(counts),
    ).toBe(true)
    const places = counts.map(([current]) => current)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places.at(-1)).toBeLessThanOrEqual(total)
  },
)

test.each(['kring', 'linde', 'loonhuis', 'polder', 'vandam'])(
  '%s: help speaks of a backup code and of several ways only where they are',
  async (slug) => {
    const { onboarding, secondFactor } = portal.tenant(slug).policy
    const has =
      secondFactor.of.includes('passkey') ||
      Object.values(onboarding)
        .flat()
        .some(({ step }) => step === 'backupCode')
    for (const [language, word] of [
      ['nl', 'reservecode'],
      ['en', 'backup code'],
    ] as const) {
      const { text: html } = await httpPerson(portal, slug).ask('/sign-in/help', {
        headers: { 'accept-language': language },
      })
      expect(html.includes(word), language).toBe(has)
      expect(/user ?name|[Gg]ebruikersnaam/.test(html)).toBe(slug !== 'kring' && slug !== 'loonhuis')
    }
  },
)

test.each([
  [
    'nl',
    {
      password: 'Kies een nieuw wachtwoord.',
      repeat: 'Vul het nieuwe wachtwoord nog een keer in.',
      phone: 'Vul uw mobiele nummer in.',
    },
  ],
  [
    'en',
    {
      password: 'Choose a new password.',
      repeat: 'Enter the new password once more.',
      phone: 'Enter your mobile number.',
    },
  ],
] as const)('polder: every empty field is listed under its own name (%s)', async (language, mistakes) => {
  const client = await invitedTo(portal, 'polder', { language })
  const person = httpPerson(portal, 'polder')
  await person.go(await client.link())
  await person.press()
  expect(await person.mistakes()).toEqual(mistakes)
})

test('linde: the empty fields of old, new and repeated password, and of question, answer and password, all at once', async () => {
  const client = await invitedTo(portal, 'linde')
  client.hasOwn = false
  const person = httpPerson(portal, 'linde')
  await person.go(await client.link())
  await person.fill({ 'birth-day': '3', 'birth-month': 'mei', 'birth-year': '1985' })
  await person.press()
  expect(person.page().querySelector('[name="birth-month"]')?.getAttribute('value'), 'as typed').toBe('mei')
  await client.until(person, 'password')
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['current', 'password', 'repeat'])
  await client.answer(person)
  client.hasOwn = true
  await person.press()
  expect(await person.mistakes()).toEqual({
    question: 'Vul uw vraag in.',
    answer: 'Vul uw antwoord in.',
    current: 'Vul uw wachtwoord in.',
  })
})

test('a month is typed as a word in either language, in a box that shows it', async () => {
  const client = await invitedTo(portal, 'linde')
  for (const month of ['september', 'October']) {
    const person = httpPerson(portal, 'linde')
    await person.go(await client.link())
    await person.fill({ 'birth-day': '3', 'birth-month': month, 'birth-year': '1985' })
    await person.press()
    const field = person.page().querySelector('[name="birth-month"]')
    expect([
      field?.getAttribute('value'),
      field?.getAttribute('inputmode'),
      field?.classList.contains('govuk-input--width-5'),
    ]).toEqual([month, undefined, true])
    expect(Object.keys(await person.mistakes())).toEqual(['birth'])
  }
})

test.each([
  [
    'nl',
    [
      'Wachtwoord gekozen bij het instellen',
      'Uitleg over controle in 2 stappen gelezen',
      'App met codes toegevoegd bij het instellen',
    ],
  ],
  [
    'en',
    [
      'Password chosen while setting up',
      'Introduction to two-step verification read',
      'Authenticator app added while setting up',
    ],
  ],
] as const)('kring: the list of activity says which step was done (%s)', async (language, says) => {
  const client = await invitedTo(portal, 'kring', { language })
  const person = httpPerson(portal, 'kring')
  await person.go(await client.link())
  await client.until(person, 'done')
  await client.answer(person)
  await person.go('/profile/activity')
  const told = await person.reads()
  for (const words of says) expect(told).toContain(words)
})

test('the copy of one language is one: no two ways to say the same in Dutch, no words carried over into English', async () => {
  for (const tenant of portal.tenants) {
    const { texts } = portal.services.presentation(tenant)
    const raw = (language: 'nl' | 'en') => texts.keys(language).map((key) => `${key}: ${texts.raw(language, key)}`)
    expect(raw('nl').filter((line) => /\bu hebt\b|\bhebt u\b|klaar gezet|rekenprogramma/i.test(line))).toEqual([])
    expect(
      raw('en').filter((line) =>
        /has the salaries done|[Cc]ouple |\ba mail\b|[Uu]ser name|not even we\b|e-mail/.test(line),
      ),
    ).toEqual([])
  }
})
