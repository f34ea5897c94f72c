import { page, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { audit } from '../../identity/audit/index.ts'
import {
  addPasskey,
  hasSecondStep,
  mostPasskeys,
  newPasskey,
  ownPasskeys,
  passkeys as everyPasskey,
  renamePasskey,
  type OwnPasskey,
} from '../../identity/factors/index.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { act, onlyHere } from './act.ts'
import { freeName, nameMistake } from './names.ts'
import { leadsTo, offered, ownFacts } from './own.ts'
import { removalState, takeAway } from './removal.ts'
import { passkeyNameView, passkeyNewView, passkeyRemoveView, passkeysView } from './views.ts'

const list = '/profile/passkeys'

/** Somebody's passkeys. Who has some keeps the page when the firm offers them no more. @throws Refusal 404 */
export async function passkeysPage(context: PersonContext): Promise<Page> {
  const passkeys = await ownPasskeys(context, context.person.id)
  const offers = offered(context.choices).passkey
  if (!offers && !passkeys.length) throw notFound()
  return page(passkeysView, {
    passkeys,
    most: mostPasskeys,
    room: offers && passkeys.length < mostPasskeys,
    alone: context.policy.signIn.passkey,
  })
}

/** The name a passkey gets unless its owner says another: that of browser and system. */
const ownName = async (context: PersonContext): Promise<string> =>
  freeName(
    deviceWords(context.t.bind(context), context.facts.agent),
    (await ownPasskeys(context, context.person.id)).map(({ name }) => name),
  )

/** The page on which a passkey is made. @throws Refusal 404 where the firm takes none */
export async function newPasskeyPage(context: PersonContext, name?: string): Promise<Page> {
  if (!offered(context.choices).passkey) throw notFound()
  return page(passkeyNewView, {
    options: await newPasskey(context, context.person),
    values: { name: name ?? (await ownName(context)) },
  })
}

/** Keeps a new passkey. Who now has their first second step and no backup code is led to one at once. */
export async function makePasskey(context: PersonContext, typed: { name: string; passkey: string }): Promise<Answer> {
  const before = await ownFacts(context)
  const first = !hasSecondStep(before.factors)
  const to = leadsTo(context, before, list)
  return act(
    context,
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
async function mine(context: PersonContext, id: string): Promise<{ passkey: OwnPasskey; count: number }> {
  const all = await ownPasskeys(context, context.person.id)
  const passkey = all.find((each) => each.id === id)
  if (!passkey) throw notFound()
  return { passkey, count: all.length }
}

/** Giving a passkey another name. @throws Refusal 404 */
export async function passkeyNamePage(context: PersonContext, id: string, name?: string): Promise<Page> {
  const { passkey } = await mine(context, id)
  return page(passkeyNameView, { action: `${list}/${id}/name`, values: { name: name ?? passkey.name } })
}

/** Changes the name. @throws Refusal 404 */
export const namePasskey = (context: PersonContext, { id, name }: { id: string; name: string }): Promise<Answer> =>
  act(
    context,
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
export async function passkeyRemovalPage(context: PersonContext, id: string): Promise<Page> {
  const { passkey, count } = await mine(context, id)
  return page(passkeyRemoveView, {
    action: `${list}/${id}/remove`,
    passkey,
    ...(await removalState(context, 'passkey', count - 1)),
  })
}

/** Takes a passkey away, unless that would leave somebody without the second step their firm asks. @throws Refusal 404 */
export const takePasskeyAway = (context: PersonContext, id: string): Promise<Answer> =>
  takeAway(context, {
    what: 'passkey',
    to: offered(context.choices).passkey ? list : '/profile',
    done: 'profile.done.passkeyRemoved',
    notice: 'passkeyRemoved',
    line: 'passkey.removed',
    shown: (inner) => passkeyRemovalPage(inner, id),
    others: async (inner) => (await mine(inner, id)).count - 1,
    take: (inner) => everyPasskey.remove(inner, inner.person.id, id),
  })
