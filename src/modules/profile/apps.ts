import { bytes, page, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { audit } from '../../identity/audit/index.ts'
import {
  apps as everyApp,
  appsSoFar,
  authenticatorSecretFrom,
  confirmAuthenticator,
  keyInGroups,
  mostApps,
  otpauthAddress,
  ownApps,
  qrPicture,
  renameApp,
  usable,
  type OwnApp,
} from '../../identity/factors/index.ts'
import { act, onlyHere } from './act.ts'
import { freeName, nameMistake } from './names.ts'
import { leadsTo, offered, ownFacts } from './own.ts'
import { removalState, takeAway } from './removal.ts'
import { appNameView, appNewView, appRemoveView, appsView } from './views.ts'

const list = '/profile/apps'

/** An app as its owner reads it: one that was never given a name has one all the same. */
type Named = OwnApp & { name: string }
const named = (context: PersonContext, app: OwnApp): Named => ({
  ...app,
  name: app.name ?? context.t('profile.apps.own'),
})
const mine = async (context: PersonContext): Promise<Named[]> =>
  (await ownApps(context, context.person.id)).map((app) => named(context, app))

/** Somebody's apps with codes. Who has some keeps the page when the firm offers them no more. @throws Refusal 404 */
export async function appsPage(context: PersonContext): Promise<Page> {
  const apps = await mine(context)
  const offers = offered(context.choices).app
  if (!offers && !apps.length) throw notFound()
  return page(appsView, { apps, offers, most: mostApps, room: offers && apps.length < mostApps })
}

/**
 * The secret of the next app. Derived instead of kept, so that showing the page changes nothing and two tabs show the
 * same picture; of this session only, so that whoever looked at the page in another one knows nothing of this one.
 */
async function secretOf(context: PersonContext): Promise<string> {
  const before = await appsSoFar(context, context.person.id)
  return authenticatorSecretFrom(
    context.tenant.vault.mac('authenticator secret of a session', `${context.session.id}|${before}`),
  )
}

const address = ({ policy, person }: PersonContext, secret: string) =>
  otpauthAddress({ issuer: policy.name, account: person.username ?? person.email, secret })

/** One of their apps, and all of them. @throws Refusal 404 for one that is not theirs */
async function one(context: PersonContext, id: string): Promise<{ app: Named; all: Named[] }> {
  const all = await mine(context)
  const app = all.find((each) => each.id === id)
  if (!app) throw notFound()
  return { app, all }
}

/** Which app goes when the new one is there; none when it comes beside the others. @throws Refusal 404 where there is no room for one, or the firm takes none */
async function placeFor(
  context: PersonContext,
  replaces: string | null,
): Promise<{ before: Named | null; all: Named[] }> {
  if (!offered(context.choices).app) throw notFound()
  if (replaces) {
    const { app, all } = await one(context, replaces)
    return { before: app, all }
  }
  const all = await mine(context)
  if (all.length >= mostApps) throw notFound()
  return { before: null, all }
}

/** Setting an app up, beside the others or in the place of one. @throws Refusal 404 */
export async function newAppPage(context: PersonContext, replaces: string | null = null, name?: string): Promise<Page> {
  const { before, all } = await placeFor(context, replaces)
  const secret = await secretOf(context)
  return page(appNewView, {
    replaces: before?.name ?? null,
    ...(before && { titleKey: 'profile.app-new.replace' }),
    action: replaces ? `${list}/${replaces}/replace` : `${list}/new`,
    key: keyInGroups(secret),
    address: address(context, secret),
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
  if (!offered(context.choices).app) throw notFound()
  return bytes('image/png', await qrPicture(address(context, await secretOf(context))))
}

/** Confirms the new app with its first code; the one it replaces works no more. Who now has their first second step and no backup code is led to one at once. */
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
      const was = usable(inner.policy, (await ownFacts(inner)).factors)
      const verdict = await confirmAuthenticator(inner, inner.person, await secretOf(inner), code, {
        replaces,
        name: before?.name ?? name,
      })
      if (!verdict.ok) return { code: verdict.error }
      await onlyHere(inner)
      await sendNotice(inner, inner.person, was.length ? 'appChanged' : 'secondFactorOn')
      await audit(inner, 'authenticator.confirmed', { detail: { as: before ? 'replacement' : 'addition' } })
      return null
    },
  )
}

/** Giving an app another name. @throws Refusal 404 */
export async function appNamePage(context: PersonContext, id: string, name?: string): Promise<Page> {
  const { app } = await one(context, id)
  return page(appNameView, { action: `${list}/${id}/name`, values: { name: name ?? app.name } })
}

/** Changes the name. @throws Refusal 404 */
export const nameApp = (context: PersonContext, { id, name }: { id: string; name: string }): Promise<Answer> =>
  act(
    context,
    { to: list, notice: 'profile.done.appNamed', shown: (inner) => appNamePage(inner, id, name) },
    async (inner) => {
      const wrong = nameMistake(name)
      if (wrong) return wrong
      if (!(await renameApp(inner, inner.person.id, id, name))) throw notFound()
      await audit(inner, 'authenticator.renamed')
      return null
    },
  )

/** The check page before an app goes: what follows, or why it cannot be. @throws Refusal 404 */
export async function appRemovalPage(context: PersonContext, id: string): Promise<Page> {
  const { app, all } = await one(context, id)
  return page(appRemoveView, {
    action: `${list}/${id}/remove`,
    app,
    ...(await removalState(context, 'authenticator', all.length - 1)),
  })
}

/** Takes an app away, unless that would leave somebody without the second step their firm asks. @throws Refusal 404 */
export const takeAppAway = (context: PersonContext, id: string): Promise<Answer> =>
  takeAway(context, {
    what: 'authenticator',
    to: offered(context.choices).app ? list : '/profile',
    done: 'profile.done.authenticatorRemoved',
    notice: 'appRemoved',
    line: 'authenticator.removed',
    shown: (inner) => appRemovalPage(inner, id),
    others: async (inner) => (await one(inner, id)).all.length - 1,
    take: (inner) => everyApp.remove(inner, inner.person.id, id),
  })
