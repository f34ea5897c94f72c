import { page, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { enrolPasskey, hasSecondStep, newPasskey, ownPasskeys, passkey } from '../../identity/factors/index.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { act, onlyHere } from './act.ts'
import { freeName, nameMistake } from './names.ts'
import { leadsTo, lets, ownFacts } from './own.ts'
import { passkeyNewView } from './views.ts'

const list = '/profile/passkeys'

/** The name a passkey gets unless its owner says another: that of browser and system. */
const ownName = async (context: PersonContext): Promise<string> =>
  freeName(
    deviceWords(context.t.bind(context), context.facts.agent),
    (await ownPasskeys(context, context.person.id)).map(({ name }) => name),
  )

/** The page on which a passkey is made. @throws Refusal 404 where the firm takes none */
export async function newPasskeyPage(context: PersonContext, name?: string): Promise<Page> {
  if (!lets(context.choices, passkey)) throw notFound()
  return page(passkeyNewView, {
    options: await newPasskey(context, context.person),
    values: { name: name ?? (await ownName(context)) },
  })
}

/**
 * Keeps a new passkey. Who now has their first second step and no backup code is led to one at once.
 * @throws Refusal 404 where the firm takes none, any more
 */
export async function makePasskey(context: PersonContext, typed: { name: string; passkey: string }): Promise<Answer> {
  if (!lets(context.choices, passkey)) throw notFound()
  const before = await ownFacts(context)
  const first = !hasSecondStep(context, before.factors)
  const to = leadsTo(context, before, list)
  return act(
    context,
    { to, notice: 'profile.done.passkey', shown: (inner) => newPasskeyPage(inner, typed.name) },
    async (inner) => {
      const name = typed.name || (await ownName(inner))
      const wrong = nameMistake(name)
      if (wrong) return wrong
      const verdict = await enrolPasskey(inner, inner.person, typed.passkey, { name, first })
      if (!verdict.ok) return { passkey: verdict.error }
      await onlyHere(inner)
      return null
    },
  )
}
