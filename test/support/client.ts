import { expect } from 'vitest'
import type { TestPortal } from './portal.ts'
import type { Person } from './person.ts'
import { codeTo, linkTo, scan, type App } from './phone.ts'

/** Somebody who was invited: what they know and have, and how they answer each page they may meet. */
export class Client {
  app: App | null = null
  backupCode: string | null = null
  username: string | null = null
  temporary: string | null = null
  readonly name = 'Noor de Wit'
  readonly password = 'Mijn#regenjas hangt te drogen'
  readonly birthDate = ['3', '5', '1984'] as const
  readonly portal: TestPortal
  readonly slug: string
  readonly email: string
  readonly number: string
  constructor(portal: TestPortal, slug: string, email: string) {
    this.portal = portal
    this.slug = slug
    this.email = email
    this.number = `061${String([...email].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_000_000, 7) + 1_000_000)}`
  }

  /** What they sign in with. */
  get identifier(): string {
    return this.username ?? this.email
  }

  async link(): Promise<string> {
    return linkTo(this.portal, this.slug, this.email)
  }

  /** Which page this is, told by what is on it. */
  async page(person: Person): Promise<Page> {
    for (const [name, selector] of marks) {
      if (await person.sees(selector))
        return name === 'phone' && (await person.sees('main [name=password]')) ? 'together' : name
    }
    throw new Error(`nobody knows what to do at ${await person.at()}: ${await person.reads()}`)
  }

  /** Answers the page they are at as most people would, and expects no mistake. */
  async answer(person: Person): Promise<Page> {
    const page = await this.page(person)
    await this.fillIn(page, person)
    expect(await person.mistakes(), `after ${page}`).toEqual({})
    return page
  }

  /** Answers page after page until one that is named here. @returns the pages met */
  async until(person: Person, ...ends: Page[]): Promise<Page[]> {
    const met: Page[] = []
    for (let page = await this.page(person); !ends.includes(page); page = await this.page(person)) {
      met.push(page)
      expect(met.length, met.join(', ')).toBeLessThan(30)
      await this.answer(person)
    }
    return met
  }

  private async fillIn(page: Page, person: Person): Promise<void> {
    switch (page) {
      case 'birthDate': {
        const [day, month, year] = this.birthDate
        await person.fill({ 'birth-day': day, 'birth-month': month, 'birth-year': year })
        return person.press()
      }
      case 'confirm':
        await person.fill({ email: this.email })
        return person.press()
      case 'together':
        await person.fill({ ...(await this.passwords(person)), phone: this.number })
        return person.press()
      case 'password':
        await person.fill(await this.passwords(person))
        return person.press()
      case 'terms':
        await person.fill({ agreed: true })
        return person.press()
      case 'intro':
        return person.press()
      case 'chooseFactor':
        await person.fill({ factor: 'authenticator' })
        return person.press()
      case 'authenticator':
        this.app = await scan(this.portal, person)
        await person.fill({ code: this.app.code() })
        return person.press()
      case 'phone':
        await person.fill({ phone: this.number })
        return person.press()
      case 'phoneCode':
        await person.fill({ code: await codeTo(this.portal, this.slug, this.number) })
        return person.press()
      case 'backupCode':
        this.backupCode = await person.words('#backup')
        if (await person.sees('[name=saved]')) await person.fill({ saved: true })
        return person.press()
      case 'secretQuestion':
        await person.fill({ question: 'Hoe heette mijn eerste kat?', answer: 'Minoes van zolder' })
        if (await person.sees('[name=current]')) await person.fill({ current: this.password })
        return person.press()
      case 'signInStep':
        return person.follow('/sign-in')
      case 'done':
        return person.press()
      case 'signIn':
        return this.givesName(person)
      case 'signInPassword':
        await person.fill({ password: await this.passwordNow() })
        return person.press()
      case 'signInCode':
        return this.givesCode(person)
      case 'home':
        throw new Error('already home')
    }
  }

  private async passwords(person: Person): Promise<Record<string, string>> {
    const current: Record<string, string> = (await person.sees('main [name=current]'))
      ? { current: await this.passwordNow() }
      : {}
    return {
      ...current,
      password: this.password,
      ...((await person.sees('main [name=repeat]')) && { repeat: this.password }),
    }
  }

  /** Their own password, or the one in the mail as long as they have no other. */
  private async passwordNow(): Promise<string> {
    return this.hasOwn ? this.password : this.reads()
  }
  hasOwn = true

  /** Reads the mail with the temporary password, as a person does. */
  async reads(): Promise<string> {
    const text =
      (await this.portal.outbox(this.slug, this.email))
        .map((mail) => mail.text)
        .find((each) => /(wachtwoord|password): /.test(each)) ?? ''
    this.username = /[Uu]ser ?name: (\S+)|naam: (\S+)/.exec(text)?.slice(1).find(Boolean) ?? this.username
    return (this.temporary =
      /(?:wachtwoord|password): (\S+)/.exec(text)?.[1] ??
      (() => {
        throw new Error(`no password in: ${text}`)
      })())
  }

  private async givesName(person: Person): Promise<void> {
    const password = await this.passwordNow()
    const both = await person.sees('main [name=password]')
    await person.fill({ identifier: this.identifier, ...(both && { password }) })
    await person.press()
  }

  /** Gives the second step with what they have at hand: the app, else the code that was sent. */
  async givesCode(person: Person): Promise<void> {
    const words = await person.reads()
    const bySms = /sms|text message/i.test(words)
    const code =
      this.app && /app/i.test(words)
        ? this.app.code()
        : await codeTo(this.portal, this.slug, bySms ? this.number : this.email, bySms ? 'sms' : 'mail')
    await person.fill({ code })
    await person.press()
  }

  /** Comes back later, in any browser: by the mailed link as long as that opens something, else by signing in. */
  async comesBack(person: Person): Promise<void> {
    this.portal.forward('PT3M')
    await person.go(await this.link())
    if ((await person.sees('main a[href^="/sign-in"]')) && !(await person.sees('main form[action^="/activation/"]'))) {
      await person.go('/sign-in')
      await this.until(person, ...pagesInside)
      return
    }
    // The link asks first who opened it, also where that was told before.
    for (const page of ['birthDate', 'confirm'] as const)
      if ((await person.at()).startsWith('/activation') && (await this.page(person)) === page) await this.answer(person)
  }
}

export type Page =
  | 'birthDate'
  | 'confirm'
  | 'together'
  | 'password'
  | 'terms'
  | 'intro'
  | 'chooseFactor'
  | 'authenticator'
  | 'phone'
  | 'phoneCode'
  | 'backupCode'
  | 'secretQuestion'
  | 'signInStep'
  | 'done'
  | 'signIn'
  | 'signInPassword'
  | 'signInCode'
  | 'home'

/** How a page is recognised, in this order. */
const marks: [Page, string][] = [
  ['birthDate', 'main [name="birth-day"]'],
  ['terms', 'main [name=agreed]'],
  ['secretQuestion', 'main [name=question]'],
  ['chooseFactor', 'main [name=factor]'],
  ['authenticator', 'main img.qr'],
  ['backupCode', 'main #backup'],
  ['signIn', 'main form[action="/sign-in"] [name=identifier]'],
  ['signInPassword', 'main form[action="/sign-in/password"]'],
  ['signInCode', 'main form[action="/sign-in/code"]'],
  ['confirm', 'main form[action^="/activation/"] [name=email]'],
  ['phoneCode', 'main [name=code]'],
  ['phone', 'main [name=phone]'],
  ['password', 'main [name=password]'],
  ['done', 'main .done'],
  ['signInStep', 'main a.govuk-button[href="/sign-in"]'],
  ['intro', 'main form[action="/onboarding/intro"]'],
  ['home', 'form[action="/sign-out"]'],
]

/** The pages behind the sign-in. */
const pagesInside: Page[] = [
  'home',
  'together',
  'password',
  'terms',
  'intro',
  'chooseFactor',
  'authenticator',
  'phone',
  'phoneCode',
  'backupCode',
  'secretQuestion',
  'signInStep',
  'done',
  'birthDate',
]
