import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addPasskey,
  askPasskey,
  passkey,
  newPasskey,
  ownPasskeys,
  provePasskey,
  passkeys,
} from '../../src/identity/factors/index.ts'
import type { Purpose } from '../../src/identity/tokens/one-time.ts'
import { parsePolicy } from '../support/policy.ts'
import type { Person, PersonContext, Context } from '../../src/tenancy/context.ts'
import { Device, strangersKey, type Odd, type Options } from '../support/device.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

let portal: QuietPortal
let person: Person
let other: Person
let count = 0
beforeAll(async () => {
  portal = await quietPortal()
  person = await portal.person('kring', { kind: 'client', name: 'Eigenaar' })
  other = await portal.person('kring', { kind: 'client', name: 'Iemand' })
})
afterAll(() => portal.close())

const at = (who: Person = person): PersonContext => portal.contextOf('kring', who)
const within = <T>(context: Context, act: (inner: Context) => Promise<T>) => context.transaction(act)
/** In another browser, or another session of the same person. */
const elsewhere = (who: Person = person): PersonContext =>
  Object.assign(at(who), { session: { ...at(who).session, id: crypto.randomUUID() } })
const nobody = (digest: string): Context =>
  Object.assign(Object.create(Object.getPrototypeOf(portal.context('kring'))) as Context, portal.context('kring'), {
    facts: { ...portal.context('kring').facts, browser: { digest } },
  })

async function registered(who: Person = person, odd: Odd = {}): Promise<Device> {
  const device = new Device(at(who).tenant.origin)
  device.counter = odd.counter ?? 0
  const options = JSON.parse(await newPasskey(at(who), who)) as Options
  expect(
    await within(at(who), (context) => addPasskey(context, who, device.makes(options, odd), `Toestel ${++count}`)),
  ).toEqual({ ok: true })
  return device
}
async function asked(who: Person = person, purpose: Purpose = 'signInCode'): Promise<Options> {
  const { options } = (await passkey.shows!(at(who), who, purpose)) as { options: string }
  return JSON.parse(options) as Options
}
const given = (
  typed: string,
  { purpose = 'signInCode', context = at(), who = person }: { purpose?: Purpose; context?: Context; who?: Person } = {},
) => within(context, (inner) => passkey.check(inner, who, typed, purpose))
const reason = (verdict: Awaited<ReturnType<typeof given>>) =>
  verdict.ok ? 'ok' : verdict.error.key.replace('factors.passkey.', '')
const clear = async () => {
  for (const who of [person, other])
    for (const { id } of await ownPasskeys(at(who), who.id)) await passkeys.remove(at(who), who.id, id)
}

test('what a device is told names the firm’s host, asks no statement of its maker, and never the person’s address as handle', async () => {
  await clear()
  const first = await registered()
  const options = JSON.parse(await newPasskey(at(), person)) as Options & {
    rp: { id: string; name: string }
    attestation: string
    user: { id: string }
  }
  expect(options.rp).toEqual({ id: 'kring.localhost', name: 'Kring Beoordelaars' })
  expect(options.attestation).toBe('none')
  expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32)
  expect(options.user.id).not.toContain(Buffer.from(person.email).toString('base64url'))
  expect(Buffer.from(options.user.id, 'base64url').toString('hex')).not.toContain(person.id.replaceAll('-', ''))
  expect(options.excludeCredentials!.map(({ id }) => id)).toEqual([first.id.toString('base64url')])
  await clear()
  expect(
    (JSON.parse(await newPasskey(at(), person)) as Options).excludeCredentials,
    'one that was removed may be made again',
  ).toEqual([])
})

test('showing a page keeps nothing, and the same page twice is two challenges', async () => {
  const rows = async () => Number((await rowIn<{ n: string }>(at(), 'select count(*) as n from one_time'))!.n)
  const before = await rows()
  const [one, two] = [await asked(), await asked()]
  expect(one.challenge).not.toBe(two.challenge)
  expect(await rows()).toBe(before)
})

describe('what a passkey signed', () => {
  test('lets in once, for who and what it was asked', async () => {
    await clear()
    const device = await registered()
    const typed = device.signs(await asked())
    expect(reason(await given(typed))).toBe('ok')
    expect(reason(await given(typed)), 'a second time').toBe('wrong')
    expect((await ownPasskeys(at(), person.id))[0]!.usedAt).toEqual(at().at)
  })

  test.each<[string, Odd]>([
    ['another origin', { origin: 'http://kring.localhost.evil.example' }],
    ['another port', { origin: 'http://kring.localhost:1' }],
    ['another firm’s host', { rpId: 'loonhuis.localhost' }],
    ['the parent’s host', { rpId: 'localhost' }],
    ['another kind of act', { type: 'webauthn.create' }],
    ['another key', { key: strangersKey() }],
    ['a challenge of its own', { challenge: 'AAAA' }],
    ['a challenge with a longer life', { challenge: Buffer.alloc(52, 255).toString('base64url') }],
  ])('with %s is refused', async (_, odd) => {
    const device = await registered()
    expect(reason(await given(device.signs(await asked(), odd)))).toBe('wrong')
    await clear()
  })

  test('by somebody else, in another session, or for another purpose is worth nothing', async () => {
    await clear()
    const [mine, theirs] = [await registered(), await registered(other)]
    expect(reason(await given(theirs.signs(await asked()))), 'somebody else’s passkey').toBe('wrong')
    expect(reason(await given(mine.signs(await asked(other)))), 'a challenge for somebody else').toBe('wrong')
    expect(reason(await given(mine.signs(await asked()), { context: elsewhere() })), 'in another session').toBe('wrong')
    const purposes: Purpose[] = ['signInCode', 'stepUpCode', 'resetCode']
    for (const made of purposes)
      for (const used of purposes) {
        expect(
          reason(await given(mine.signs(await asked(person, made)), { purpose: used })),
          `${made} for ${used}`,
        ).toBe(made === used ? 'ok' : 'wrong')
      }
  })

  test('after more than ten minutes is too late, and just before it is not', async () => {
    await clear()
    const device = await registered()
    const [early, late] = [device.signs(await asked()), device.signs(await asked())]
    portal.services.clock.forward(Temporal.Duration.from('PT10M'))
    expect(reason(await given(early))).toBe('ok')
    portal.services.clock.forward(Temporal.Duration.from('PT1S'))
    expect(reason(await given(late))).toBe('stale')
  })

  test('fifty times at the same moment counts once', async () => {
    await clear()
    const device = await registered()
    const typed = device.signs(await asked())
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => given(typed)))
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('by a removed passkey is refused', async () => {
    await clear()
    const device = await registered()
    const options = await asked()
    await clear()
    expect(reason(await given(device.signs(options)))).toBe('wrong')
  })
})

test('a counter that goes back, or stands still after it counted, is refused and in the log; one that never counts is fine', async () => {
  await clear()
  const quiet = await registered()
  for (const _ of [1, 2]) expect(reason(await given(quiet.signs(await asked())))).toBe('ok')
  const device = await registered(person, { counter: 5 })
  expect(reason(await given(device.signs(await asked(), { counter: 9 })))).toBe('ok')
  const copies = async () =>
    (
      await rowsIn(
        at(),
        `select from audit_line where action = 'passkey.copied' and outcome = 'refused' and subject = ?`,
        [person.id],
      )
    ).length
  for (const [nth, counter] of [9, 8, 0].entries()) {
    expect(reason(await given(device.signs(await asked(), { counter })))).toBe('copied')
    expect(await copies()).toBe(nth + 1)
  }
  expect(reason(await given(device.signs(await asked(), { counter: 10 })))).toBe('ok')
})

test('alone, a passkey works for whoever it is of, only in the browser that asked, and only when the device checked the person', async () => {
  await clear()
  const about = { purpose: 'passkeySignIn' as const, accountId: null }
  const device = await registered()
  const ask = async (browser: string) => JSON.parse(await askPasskey(nobody(browser), about)) as Options
  const prove = (browser: string, typed: string) =>
    within(nobody(browser), (context) => provePasskey(context, about, typed))
  expect(await ask('a')).toMatchObject({ userVerification: 'required', allowCredentials: [] })
  expect(await prove('a', device.signs(await ask('a')))).toEqual({ ok: true, accountId: person.id })
  expect(await prove('b', device.signs(await ask('a')))).toMatchObject({ ok: false, reason: 'wrong' })
  expect(await prove('a', device.signs(await ask('a'), { verified: false }))).toMatchObject({
    ok: false,
    reason: 'wrong',
  })
  expect(await prove('a', new Device(at().tenant.origin).signs(await ask('a')))).toMatchObject({
    ok: false,
    reason: 'wrong',
  })
  expect(reason(await given(device.signs(await ask('a')))), 'as second step').toBe('wrong')
  expect(
    reason(await given(device.signs(await asked(), { verified: false }))),
    'beside a password presence will do',
  ).toBe('ok')
})

test.each([
  'x',
  '{',
  '[]',
  'null',
  '{"id":1}',
  '{"id":"a","rawId":"a","type":"public-key","response":{}}',
  JSON.stringify({ id: 'a'.repeat(5000) }),
  JSON.stringify({
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    response: { clientDataJSON: 'bm8', authenticatorData: 'AAAA', signature: 'AAAA' },
  }),
  JSON.stringify({
    id: { $ne: null },
    rawId: 'AAAA',
    type: 'public-key',
    response: { clientDataJSON: 'bm8', authenticatorData: 'AAAA', signature: 'AAAA' },
  }),
])('%s is no passkey, and said so', async (typed) => {
  expect(reason(await given(typed))).toBe('wrong')
  expect(await within(at(), (context) => addPasskey(context, person, typed, 'x'))).toEqual({
    ok: false,
    error: { key: 'factors.passkey.wrongNew' },
  })
})

test('bytes that are no passkey, in an otherwise good form, are refused and nothing breaks', async () => {
  await clear()
  const device = await registered()
  const torn = (typed: string, field: string, value: string) => {
    const made = JSON.parse(typed)
    made.response[field] = value
    return JSON.stringify(made)
  }
  for (const value of ['AA', 'A'.repeat(3000), Buffer.from([0xbf, 0xff]).toString('base64url')]) {
    for (const field of ['authenticatorData', 'signature'])
      expect(reason(await given(torn(device.signs(await asked()), field, value))), field).toBe('wrong')
    const options = JSON.parse(await newPasskey(at(), person)) as Options
    expect(
      (
        await within(at(), (context) =>
          addPasskey(
            context,
            person,
            torn(new Device(at().tenant.origin).makes(options), 'attestationObject', value),
            'x',
          ),
        )
      ).ok,
    ).toBe(false)
  }
})

describe('a new passkey', () => {
  const adds = async (device: Device, odd: Odd = {}, options?: Options) => {
    const asks = options ?? (JSON.parse(await newPasskey(at(), person)) as Options)
    return reason(await within(at(), (context) => addPasskey(context, person, device.makes(asks, odd), 'Nieuw')))
  }
  const fresh = () => new Device(at().tenant.origin)

  test('for another origin, another host, or with a statement that would have to be looked up is refused', async () => {
    await clear()
    for (const odd of [
      { origin: 'http://loonhuis.localhost:3000' },
      { rpId: 'loonhuis.localhost' },
      { type: 'webauthn.get' },
      { format: 'apple' },
      { format: 'tpm' },
      { format: 'android-key' },
    ])
      expect(await adds(fresh(), odd)).toBe('wrongNew')
    expect(await ownPasskeys(at(), person.id)).toEqual([])
    expect(await adds(fresh(), { format: 'packed' }), 'a key that vouches for itself').toBe('ok')
  })

  test('counts once, whatever is sent again, and a challenge to use one makes none', async () => {
    await clear()
    const options = JSON.parse(await newPasskey(at(), person)) as Options
    const device = fresh()
    const all = await Promise.all(Array.from({ length: 10 }, () => adds(device, {}, options)))
    expect(all.filter((each) => each === 'ok')).toHaveLength(1)
    expect(await adds(fresh(), {}, options), 'another device with the same challenge').toBe('wrongNew')
    expect(await adds(device), 'the same passkey with a new challenge').toBe('there')
    expect(await adds(fresh(), {}, await asked())).toBe('wrongNew')
  })

  test('too late is said, and so is that there are enough', async () => {
    await clear()
    const options = JSON.parse(await newPasskey(at(), person)) as Options
    portal.services.clock.forward(Temporal.Duration.from('PT11M'))
    expect(await adds(fresh(), {}, options)).toBe('stale')
    for (let made = 0; made < passkey.own!.most; made++) expect(await adds(fresh())).toBe('ok')
    expect(await adds(fresh())).toBe('most')
  })
})

describe('a firm’s choices', () => {
  const firm = (more: object, steps: object[] = [{ step: 'passkey' }]) =>
    parsePolicy({
      name: 'Proef',
      contact: { mail: 'a@b.example', phone: '020 1' },
      look: { brand: '#334455' },
      onboarding: { activation: [{ step: 'password' }, ...steps, { step: 'done' }] },
      ...more,
    })
  const paths = (read: ReturnType<typeof firm>) => (read.ok ? [] : read.issues.map(({ path }) => path))
  test('a passkey alone at the route needs passkeys, and passkeys need another way in', () => {
    expect(paths(firm({ signIn: { passkey: true } }, [{ step: 'authenticator' }]))).toEqual(['signIn.passkey'])
    expect(paths(firm({ secondFactor: { of: ['passkey'] } }))).toEqual(['secondFactor.of'])
    expect(paths(firm({ secondFactor: { of: ['passkey'] } }, [{ step: 'passkey' }, { step: 'backupCode' }]))).toEqual(
      [],
    )
    expect(paths(firm({ secondFactor: { of: ['passkey', 'sms'] }, signIn: { passkey: true } }))).toEqual([])
  })
})
