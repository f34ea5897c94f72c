import { bytes, json, page, see, type Answer, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import {
  addDeviceHere,
  hasSecondStep,
  joinOffered,
  offerJoin,
  ownDevices,
  qrPicture,
  removeDevice,
  renameDevice,
  type OwnDevice,
} from '../factors/index.ts'
import { deviceWords } from '../sessions/index.ts'
import { act, onlyHere } from './act.ts'
import { nameMistake } from './names.ts'
import { leadsTo, offered, ownFacts } from './own.ts'
import { removalState, takeAway } from './removal.ts'

const list = '/profile/approvers'
const joining = `${list}/join`
/** Devices of one person. */
const most = 10

/** Somebody's approving devices. Who has some keeps the page when the firm offers it no more. @throws Refusal 404 */
export async function approversPage(visit: PersonVisit): Promise<Page> {
  const devices = await ownDevices(visit)
  const offers = offered(visit.choices).approval
  if (!offers && !devices.length) throw notFound()
  return page('profile/approvers', {
    devices,
    most,
    room: offers && devices.length < most,
    push: visit.house.config.push !== null,
    here: devices.some((device) => device.here && !device.asleep),
  })
}

/** @throws Refusal 404 where the firm does not offer it, or there are enough */
async function mayAdd(visit: PersonVisit): Promise<void> {
  if (!offered(visit.choices).approval || (await ownDevices(visit)).length >= most) throw notFound()
}

/** Makes the browser at hand an approving device. Who now has their first second step and no backup code is led to one at once. */
export async function addThis(visit: PersonVisit): Promise<Answer> {
  await mayAdd(visit)
  const before = await ownFacts(visit)
  const first = !hasSecondStep(before.factors)
  const to = leadsTo(visit, before, list)
  return act(visit, { to, notice: 'profile.done.approver', shown: approversPage }, async (inner) => {
    if (!(await addDeviceHere(inner, inner.person.id, deviceWords(inner.t.bind(inner), inner.facts.agent)))) return null
    await onlyHere(inner)
    await sendNotice(inner, inner.person, first ? 'secondFactorOn' : 'approverAdded')
    await audit(inner, 'approver.added')
    return null
  })
}

/** Makes the link with which another device is added. */
export async function offerAnother(visit: PersonVisit): Promise<Answer> {
  await mayAdd(visit)
  return act(visit, { to: joining, shown: approversPage }, async (inner) => {
    await offerJoin(inner)
    await audit(inner, 'approver.offered')
    return null
  })
}

/** The picture, the number and the link for the other device, in the session that asked for them; else the list, where a device that was added stands. */
export async function joinPage(visit: PersonVisit): Promise<Answer> {
  const join = await joinOffered(visit)
  return join ? page('profile/approver-join', { join, picture: `${joining}.png`, look: `${list}/joined` }) : see(list)
}

/** The picture for the other device's camera. @throws Refusal 404 */
export async function joinPicture(visit: PersonVisit): Promise<Answer> {
  const join = await joinOffered(visit)
  if (!join) throw notFound()
  return bytes('image/png', await qrPicture(join.link))
}

/** For the page that looks by itself whether the other device is there. */
export const joined = async (visit: PersonVisit): Promise<Answer> =>
  (await joinOffered(visit)) ? json({ waits: true }) : see(list)

/** One of their devices, and how many others still answer. @throws Refusal 404 for one that is not theirs */
async function mine(visit: PersonVisit, id: string): Promise<{ device: OwnDevice; others: number }> {
  const all = await ownDevices(visit)
  const device = all.find((each) => each.id === id)
  if (!device) throw notFound()
  return { device, others: all.filter((each) => each.id !== id && !each.asleep).length }
}

/** Giving a device another name. @throws Refusal 404 */
export async function approverNamePage(visit: PersonVisit, id: string, name?: string): Promise<Page> {
  const { device } = await mine(visit, id)
  return page('profile/approver-name', { action: `${list}/${id}/name`, values: { name: name ?? device.name } })
}

/** Changes the name. @throws Refusal 404 */
export const nameApprover = (visit: PersonVisit, { id, name }: { id: string; name: string }): Promise<Answer> =>
  act(
    visit,
    { to: list, notice: 'profile.done.approverNamed', shown: (inner) => approverNamePage(inner, id, name) },
    async (inner) => {
      const wrong = nameMistake(name)
      if (wrong) return wrong
      if (!(await renameDevice(inner, inner.person.id, id, name))) throw notFound()
      await audit(inner, 'approver.renamed')
      return null
    },
  )

/** The check page before a device goes: what follows, or why it cannot be. @throws Refusal 404 */
export async function approverRemovalPage(visit: PersonVisit, id: string): Promise<Page> {
  const { device, others } = await mine(visit, id)
  return page('profile/approver-remove', {
    action: `${list}/${id}/remove`,
    device,
    ...(await removalState(visit, 'approval', others)),
  })
}

/** Takes a device away, unless that would leave somebody without the second step their firm asks. @throws Refusal 404 */
export const takeApproverAway = (visit: PersonVisit, id: string): Promise<Answer> =>
  takeAway(visit, {
    what: 'approval',
    to: offered(visit.choices).approval ? list : '/profile',
    done: 'profile.done.approverRemoved',
    notice: 'approverRemoved',
    line: 'approver.removed',
    shown: (inner) => approverRemovalPage(inner, id),
    others: async (inner) => (await mine(inner, id)).others,
    // With the last one that answers go those that sleep: nobody signs in with them any more.
    async take(inner) {
      const gone = (await mine(inner, id)).others ? [id] : (await ownDevices(inner)).map((device) => device.id)
      for (const each of gone) await removeDevice(inner, inner.person.id, each)
    },
  })
