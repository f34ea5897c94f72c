import { bytes, page, type Answer, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { authenticatorSecretFrom, confirmAuthenticator, keyInGroups, otpauthAddress, qrPicture, usable } from '../factors/index.ts'
import { act, onlyHere } from './act.ts'
import { mayRemove, offered, ownFacts } from './own.ts'

/**
 * The secret of the next app. Derived instead of kept, so that showing the page changes nothing and two tabs show the
 * same picture; of this session only, so that whoever looked at the page in another one knows nothing of this one.
 */
async function secretOf(visit: PersonVisit): Promise<string> {
  const before = await visit.one<{ n: number }>('select count(*)::int as n from authenticator where account_id = ?', [visit.person.id])
  return authenticatorSecretFrom(visit.tenant.vault.mac('authenticator secret of a session', `${visit.session.id}|${before?.n ?? 0}`))
}

const address = ({ policy, person }: PersonVisit, secret: string) => otpauthAddress({ issuer: policy.name, account: person.username ?? person.email, secret })

/** Setting an app up, in the place of the one there may be. @throws Refusal 404 where the firm takes no app */
export async function appPage(visit: PersonVisit): Promise<Page> {
  const { factors } = await ownFacts(visit)
  if (!offered(visit.policy).app) throw notFound()
  const secret = await secretOf(visit)
  return page('profile/app', { replaces: factors.authenticator, removable: mayRemove(visit, factors, 'authenticator'),
    key: keyInGroups(secret), address: address(visit, secret), picture: '/profile/app.png' })
}

/** The picture for the app's camera. */
export async function appPicture(visit: PersonVisit): Promise<Answer> {
  if (!offered(visit.policy).app) throw notFound()
  return bytes('image/png', await qrPicture(address(visit, await secretOf(visit))))
}

/** Confirms the new app with its first code; the old one works no more. */
export async function changeApp(visit: PersonVisit, code: string): Promise<Answer> {
  if (!offered(visit.policy).app) throw notFound()
  return act(visit, { to: '/profile', notice: 'profile.done.app', shown: appPage }, async (inner) => {
    const { factors } = await ownFacts(inner)
    const verdict = await confirmAuthenticator(inner, inner.person, await secretOf(inner), code)
    if (!verdict.ok) return { code: verdict.error }
    await onlyHere(inner)
    await sendNotice(inner, inner.person, usable(inner.policy, factors).length ? 'appChanged' : 'secondFactorOn')
    await audit(inner, 'authenticator.confirmed')
    return null
  })
}
