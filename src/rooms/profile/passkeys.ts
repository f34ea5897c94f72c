import { page, type Answer, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import {
  addPasskey,
  hasSecondStep,
  mostPasskeys,
  newPasskey,
  ownPasskeys,
  removePasskey,
  renamePasskey,
  type OwnPasskey,
} from '../factors/index.ts'
import { deviceWords } from '../sessions/index.ts'
import { act, onlyHere } from './act.ts'
import { freeName, nameMistake } from './names.ts'
import { leadsTo, offered, ownFacts } from './own.ts'
import { removalState, takeAway } from './removal.ts'

const list = '/profile/passkeys'

/** Somebody's passkeys. Who has some keeps the page when the firm offers them no more. @throws Refusal 404 */
export async function passkeysPage(visit: PersonVisit): Promise<Page> {
  const passkeys = await ownPasskeys(visit, visit.person.id)
  const offers = offered(visit.choices).passkey
  if (!offers && !passkeys.length) throw notFound()
  return page('profile/passkeys', {
    passkeys,
    most: mostPasskeys,
    room: offers && passkeys.length < mostPasskeys,
    alone: visit.policy.signIn.passkey,
  })
}

/** The name a passkey gets unless its owner says another: that of browser and system. */
const ownName = async (visit: PersonVisit): Promise<string> =>
  freeName(
    deviceWords(visit.t.bind(visit), visit.facts.agent),
    (await ownPasskeys(visit, visit.person.id)).map(({ name }) => name),
  )

/** The page on which a passkey is made. @throws Refusal 404 where the firm takes none */
export async function newPasskeyPage(visit: PersonVisit, name?: string): Promise<Page> {
  if (!offered(visit.choices).passkey) throw notFound()
  return page('profile/passkey-new', {
    options: await newPasskey(visit, visit.person),
    values: { name: name ?? (await ownName(visit)) },
  })
}

/** Keeps a new passkey. Who now has their first second step and no backup code is led to one at once. */
export async function makePasskey(visit: PersonVisit, typed: { name: string; passkey: string }): Promise<Answer> {
  const before = await ownFacts(visit)
  const first = !hasSecondStep(before.factors)
  const to = leadsTo(visit, before, list)
  return act(
    visit,
    { to, notice: 'profile.done.passkey', shown: (inner) => newPasskeyPage(inner, typed.name) },
    async (inner) => {
      const name = typed.name || (await ownName(inner))
      const wrong = nameMistake(name)
      if (wrong) return wrong
      const verdict = await addPasskey(inner, inner.person, typed.passkey, name)
      if (!verdict.ok) return { passkey: verdict.error }
      await onlyHere(inner)
      await sendNotice(inner, inner.person, first ? 'secondFactorOn' : 'passkeyAdded')
      await audit(inner, 'passkey.added')
      return null
    },
  )
}

/** One of their passkeys, and how many there are. @throws Refusal 404 for one that is not theirs */
async function mine(visit: PersonVisit, id: string): Promise<{ passkey: OwnPasskey; count: number }> {
  const all = await ownPasskeys(visit, visit.person.id)
  const passkey = all.find((each) => each.id === id)
  if (!passkey) throw notFound()
  return { passkey, count: all.length }
}

/** Giving a passkey another name. @throws Refusal 404 */
export async function passkeyNamePage(visit: PersonVisit, id: string, name?: string): Promise<Page> {
  const { passkey } = await mine(visit, id)
  return page('profile/passkey-name', { action: `${list}/${id}/name`, values: { name: name ?? passkey.name } })
}

/** Changes the name. @throws Refusal 404 */
export const namePasskey = (visit: PersonVisit, { id, name }: { id: string; name: string }): Promise<Answer> =>
  act(
    visit,
    { to: list, notice: 'profile.done.passkeyNamed', shown: (inner) => passkeyNamePage(inner, id, name) },
    async (inner) => {
      const wrong = nameMistake(name)
      if (wrong) return wrong
      if (!(await renamePasskey(inner, inner.person.id, id, name))) throw notFound()
      await audit(inner, 'passkey.renamed')
      return null
    },
  )

/** The check page before a passkey goes: what follows, or why it cannot be. @throws Refusal 404 */
export async function passkeyRemovalPage(visit: PersonVisit, id: string): Promise<Page> {
  const { passkey, count } = await mine(visit, id)
  return page('profile/passkey-remove', {
    action: `${list}/${id}/remove`,
    passkey,
    ...(await removalState(visit, 'passkey', count - 1)),
  })
}

/** Takes a passkey away, unless that would leave somebody without the second step their firm asks. @throws Refusal 404 */
export const takePasskeyAway = (visit: PersonVisit, id: string): Promise<Answer> =>
  takeAway(visit, {
    what: 'passkey',
    to: offered(visit.choices).passkey ? list : '/profile',
    done: 'profile.done.passkeyRemoved',
    notice: 'passkeyRemoved',
    line: 'passkey.removed',
    shown: (inner) => passkeyRemovalPage(inner, id),
    others: async (inner) => (await mine(inner, id)).count - 1,
    take: (inner) => removePasskey(inner, inner.person.id, id),
  })
