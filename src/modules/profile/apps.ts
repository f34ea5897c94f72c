import { bytes, page, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import {
  appInSession,
  appName,
  authenticator,
  enrolApp,
  ownApps,
  qrPicture,
  usable,
} from '../../identity/factors/index.ts'
import { act, onlyHere } from './act.ts'
import { freeName, nameMistake } from './names.ts'
import { leadsTo, lets, ownFacts } from './own.ts'
import { mayAdd } from './own-list.ts'
import { appNewView } from './views.ts'

const list = '/profile/apps'

/** An app as its owner reads it. */
interface Named {
  id: string
  name: string
}
const mine = async (context: PersonContext): Promise<Named[]> =>
  (await ownApps(context, context.person.id)).map(({ id, name }) => ({ id, name: appName(context, name) }))

/**
 * Which app goes when the new one is there; none when it comes beside the others.
 * @throws Refusal 404 where there is no room for one, it is not theirs, or the firm takes none
 */
async function placeFor(
  context: PersonContext,
  replaces: string | null,
): Promise<{ before: Named | null; all: Named[] }> {
  if (!replaces) await mayAdd(context, authenticator)
  const all = await mine(context)
  const before = all.find((each) => each.id === replaces) ?? null
  if ((replaces && !before) || !lets(context.choices, authenticator)) throw notFound()
  return { before, all }
}

/** Setting an app up, beside the others or in the place of one. @throws Refusal 404 */
export async function newAppPage(context: PersonContext, replaces: string | null = null, name?: string): Promise<Page> {
  const { before, all } = await placeFor(context, replaces)
  const { key, address } = await appInSession(context)
  return page(appNewView, {
    replaces: before?.name ?? null,
    ...(before && { titleKey: 'profile.app-new.replace' }),
    action: replaces ? `${list}/${replaces}/replace` : `${list}/new`,
    key,
    address,
    picture: `${list}/new.png`,
    values: {
      name:
        name ??
        freeName(
          context.t('profile.apps.own'),
          all.map((each) => each.name),
        ),
    },
  })
}

/** The picture for the app's camera. */
export async function appPicture(context: PersonContext): Promise<Answer> {
  if (!lets(context.choices, authenticator)) throw notFound()
  return bytes('image/png', await qrPicture((await appInSession(context)).address))
}

/**
 * Confirms the new app with its first code; the one it replaces works no more. Who now has their first second step and
 * no backup code is led to one at once.
 */
export async function setUpApp(
  context: PersonContext,
  replaces: string | null,
  { code, name = '' }: { code: string; name?: string },
): Promise<Answer> {
  const to = leadsTo(context, await ownFacts(context), list)
  return act(
    context,
    {
      to,
      notice: `profile.done.${replaces ? 'appReplaced' : 'app'}`,
      shown: (inner) => newAppPage(inner, replaces, name),
    },
    async (inner) => {
      const { before } = await placeFor(inner, replaces)
      const wrong = before ? null : nameMistake(name)
      if (wrong) return wrong
      const was = usable(inner, inner.policy, (await ownFacts(inner)).factors)
      const verdict = await enrolApp(inner, inner.person, await appInSession(inner), code, {
        replaces,
        name: before?.name ?? name,
        first: !was.length,
        as: before ? 'replacement' : 'addition',
      })
      if (!verdict.ok) return { code: verdict.error }
      await onlyHere(inner)
      return null
    },
  )
}
