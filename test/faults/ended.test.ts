import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReset } from '../../src/modules/recovery/index.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { httpPerson } from '../support/http.ts'
import { nobody, somebody } from '../support/somebody.ts'
import { acts, type Act } from './acts.ts'
import { allClear, effects, queued, send } from './effects.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** A form of somebody whose password is right and who has no second step: the way in itself. */
const wayIn: Act = {
  slug: 'vandam',
  to: /^\/home$/,
  lines: { 'signIn.done': 1 },
  async ready(at) {
    const who = await somebody(at, 'vandam')
    const person = httpPerson(at, 'vandam')
    await person.go('/sign-in')
    await person.fill({ identifier: who.identifier, password: 'blauwe?fiets-op-zolder' })
    return { account: who.id, forms: [{ person, sending: person.form() }] }
  },
}

/** Everything that is no change in somebody's own profile: those have their own test. */
const underWay: Record<string, Act> = Object.fromEntries([
  ...[
    'a sign-in code',
    'an activation form',
    'a reset link',
    'the code to the number set again',
    'a backup code',
    'switching two steps off with the backup code',
    'a step-up code',
    'the last step of an activation',
    'a new mail address',
  ].map((name) => [name, acts[name]!] as const),
  ['a password that was right', wayIn],
])

test.each(Object.entries(underWay))(
  '%s, under way while its owner is put out everywhere, does nothing any more',
  async (_, act) => {
    portal.forward('PT61M')
    const ready = await act.ready(portal)
    const [, answer] = await queued(
      portal,
      ready.account,
      () => startReset(nobody(portal, act.slug), ready.account),
      () => send(ready.forms[0]!),
    )
    allClear([answer])
    expect((await effects(portal, act, ready)).lines).toEqual(
      Object.fromEntries(Object.keys(act.lines).map((line) => [line, 0])),
    )
    expect(
      await portal.sql('select level from portal_session where account_id = $1 and revoked_at is null', [
        ready.account,
      ]),
    ).toEqual([])
  },
)
