import { afterAll, beforeAll, expect, test } from 'vitest'
import { Account } from '../../src/identity/accounts/index.ts'
import { invite, requestNewLink, resend, withdraw, type InvitationForm } from '../../src/modules/activation/index.ts'
import { organisationNamed } from '../../src/modules/organisations/index.ts'
import { heldClock } from '../../src/platform/clock.ts'
import { findLink } from '../../src/identity/tokens/links.ts'
import type { Person } from '../../src/tenancy/context.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

const form = (fields: Partial<InvitationForm>): InvitationForm => ({
  name: 'Noor de Wit',
  email: '',
  username: '',
  role: '',
  organisation: '',
  language: '',
  'birthDate-day': '',
  'birthDate-month': '',
  'birthDate-year': '',
  ...fields,
})

let portal: QuietPortal
const staff: Record<string, Person> = {}
beforeAll(async () => {
  portal = await quietPortal()
  for (const slug of ['kring', 'linde', 'polder', 'vandam'])
    staff[slug] = await portal.person(slug, { kind: 'staff', name: 'Staf' })
})
afterAll(() => portal.close())

const by = (slug: string) => portal.contextOf(slug, staff[slug]!)
const find = (slug: string, email: string) =>
  portal.context(slug).em.findOneOrFail(Account, { emailLookup: email } as never)
const forward = (duration: string) =>
  (portal.services.clock as ReturnType<typeof heldClock>).forward(Temporal.Duration.from(duration))
const lastToken = async (slug: string) =>
  (await portal.mails(slug)).map(({ text }) => /\/activation\/([\w-]+)/.exec(text)?.[1]).filter(Boolean)

test('one step makes account, organisation, link, mail and log line', async () => {
  expect(await invite(by('kring'), form({ email: 'Noor@Kring-Lid.example', organisation: 'De  Molen' }))).toEqual({
    ok: true,
  })
  const account = await find('kring', 'noor@kring-lid.example')
  expect(account).toMatchObject({ kind: 'client', email: 'Noor@kring-lid.example', activatedAt: null, username: null })
  const [mail] = await portal.mails('kring')
  expect(mail).toMatchObject({ to: 'Noor@kring-lid.example', subject: 'Welkom bij Kring Beoordelaars' })
  expect(mail?.text).toContain('72 uur')
  const [token] = await lastToken('kring')
  expect(await findLink(portal.context('kring'), token!, 'activation')).toMatchObject({
    state: 'alive',
    link: { accountId: account.id },
  })
  expect(
    await rowIn(portal.context('kring'), 'select action, actor from audit_line where subject = ?', [account.id]),
  ).toEqual({ action: 'account.invited', actor: staff.kring?.id })
  expect(await organisationNamed(portal.context('kring'), 'de molen')).toBe(account.organisationId)
})

test('the same form sent twice, also at the same moment, is one invitation', async () => {
  const before = (await portal.mails('kring')).length
  const context = by('kring')
  const wanted = form({ email: 'twee@lid.example' })
  expect(
    await Promise.all([
      invite(context, wanted),
      invite(Object.assign(by('kring'), { facts: { ...by('kring').facts, nonce: context.facts.nonce } }), wanted),
    ]),
  ).toEqual([{ ok: true }, { ok: true }])
  expect((await portal.mails('kring')).length).toBe(before + 1)
})

test('inviting again gives no second account: a new link, the old one dies, what is known is corrected', async () => {
  const dated = (day: string) =>
    form({ email: 'cli@voorbeeld.example', 'birthDate-day': day, 'birthDate-month': 'mei', 'birthDate-year': '1980' })
  await invite(by('linde'), dated('1'))
  forward('PT61S')
  await invite(by('linde'), { ...dated('2'), name: 'Noor van Dijk' })
  const account = await find('linde', 'cli@voorbeeld.example')
  expect(account).toMatchObject({ name: 'Noor van Dijk', username: 'noor.de.wit' })
  expect(account.birthDate).not.toContain('1980')
  expect(
    portal
      .context('linde')
      .tenant.vault.open(
        portal.context('linde').associatedData('account', 'birth_date', account.id),
        account.birthDate!,
      ),
  ).toBe('1980-05-02')
  const alive = await rowsIn(portal.context('linde'), 'select from one_time where account_id = ? and dead_at is null', [
    account.id,
  ])
  expect(alive).toHaveLength(1)
})

test('user names are proposed from the name and never given twice', async () => {
  await invite(by('vandam'), form({ email: 'a@b.example', role: 'director' }))
  await invite(by('vandam'), form({ email: 'b@b.example', role: 'director' }))
  expect((await find('vandam', 'a@b.example')).username).toBe('noor.de.wit')
  expect((await find('vandam', 'b@b.example')).username).toBe('noor.de.wit2')
  expect(await invite(by('vandam'), form({ email: 'c@b.example', role: 'director', username: 'Noor.de.Wit' }))).toEqual(
    { ok: false, errors: { username: { key: 'accounts.username.taken' } } },
  )
})

test('what a firm asks is asked, everything at once and each in its own words', async () => {
  expect(await invite(by('linde'), form({ name: '' }))).toMatchObject({
    errors: {
      name: { key: 'staff.invite.name-empty' },
      email: { key: 'staff.invite.email-empty' },
      birthDate: { key: 'staff.invite.birth-date-empty' },
    },
  })
  expect(await invite(by('polder'), form({ email: 'noor@gmail.com' }))).toMatchObject({
    errors: { email: { key: 'staff.invite.email-free' }, role: { key: 'staff.invite.role' } },
  })
  expect(await invite(by('polder'), form({ email: 'a@b.example', role: 'king' }))).toMatchObject({
    errors: { role: { key: 'staff.invite.role' } },
  })
  expect(await invite(by('kring'), form({ email: 'x@y.example', name: 'Win nu: https://x.example' }))).toMatchObject({
    errors: { name: { key: 'accounts.name.address' } },
  })
  expect(await invite(by('kring'), form({ email: staff.kring!.email }))).toEqual({
    ok: false,
    errors: { email: { key: 'staff.invite.email-active' } },
  })
})

test('a client who may invite does so into the own organisation only, and learns nothing of others', async () => {
  const own = await organisationNamed(portal.context('polder'), 'Bakkerij Bol')
  const other = await organisationNamed(portal.context('polder'), 'Slagerij Sol')
  const colleague = await portal.person('polder', {
    kind: 'client',
    name: 'Beheer',
    role: 'administrator',
    organisationId: own,
  })
  await portal.person('polder', { kind: 'client', name: 'Vreemd', role: 'user', organisationId: other })
  const asClient = () => portal.contextOf('polder', colleague)
  expect(
    await invite(asClient(), form({ email: 'p@bol.example', role: 'user', organisation: 'Slagerij Sol' })),
  ).toEqual({ ok: true })
  const invited = await find('polder', 'p@bol.example')
  expect(invited.organisationId).toBe(own)
  for (const email of ['vreemd@polder.example', staff.polder!.email])
    expect(await invite(asClient(), form({ email, role: 'user' }))).toEqual({ ok: true })
  await invite(
    by('polder'),
    form({ name: 'Elders', email: 'q@sol.example', role: 'user', organisation: 'Slagerij Sol' }),
  )
  await expect(resend(asClient(), (await find('polder', 'q@sol.example')).id)).rejects.toMatchObject({ status: 404 })
  forward('PT61S')
  expect(await resend(asClient(), invited.id)).toBe('done')
})

test('a firm cannot reach an account of another firm', async () => {
  await expect(resend(by('linde'), (await find('kring', 'noor@kring-lid.example')).id)).rejects.toMatchObject({
    status: 404,
  })
})

test('a withdrawn invitation is worth nothing until it is sent again', async () => {
  await invite(by('kring'), form({ email: 'weg@lid.example' }))
  const { id } = await find('kring', 'weg@lid.example')
  const alive = () =>
    rowsIn(portal.context('kring'), 'select from one_time where account_id = ? and dead_at is null', [id])
  expect(await withdraw(by('kring'), id)).toBe('done')
  expect(await alive()).toHaveLength(0)
  await requestNewLink(portal.context('kring'), 'weg@lid.example')
  expect(await alive()).toHaveLength(0)
  forward('PT61S')
  expect(await resend(by('kring'), id)).toBe('done')
  expect(await alive()).toHaveLength(1)
  expect(await resend(by('kring'), staff.kring!.id)).toBe('active')
})

test('a new link goes only to who is invited and not active, takes as long for everybody, and not too often', async () => {
  await invite(by('kring'), form({ email: 'traag@lid.example' }))
  const count = async () => (await portal.mails('kring')).length
  const before = await count()
  for (const text of ['niemand@lid.example', staff.kring!.email, 'onzin', '%']) {
    const began = performance.now()
    await requestNewLink(portal.context('kring'), text)
    expect(performance.now() - began).toBeGreaterThan(290)
  }
  expect(await count()).toBe(before)
  const asks = () => requestNewLink(portal.context('kring'), ' TRAAG@lid.example ')
  await asks()
  await asks()
  expect(await count(), 'one a minute').toBe(before + 1)
  for (let time = 0; time < 5; time++) {
    forward('PT61S')
    await asks()
  }
  expect(await count(), 'five in an hour').toBe(before + 5)
})
