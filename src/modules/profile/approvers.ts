import { bytes, json, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { audit } from '../../identity/audit/index.ts'
import {
  addDeviceHere,
  devices,
  hasSecondStep,
  joinOffered,
  offerJoin,
  ownDevices,
  qrPicture,
  renameDevice,
  type OwnDevice,
} from '../../identity/factors/index.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { act, onlyHere } from './act.ts'
import { nameMistake } from './names.ts'
import { leadsTo, offered, ownFacts } from './own.ts'
import { removalState, takeAway } from './removal.ts'
import { approverJoinView, approverNameView, approverRemoveView, approversView } from './views.ts'

const list = '/profile/approvers'
const joining = `${list}/join`
/** Devices of one person. */
const most = 10

/** Somebody's approving devices. Who has some keeps the page when the firm offers it no more. @throws Refusal 404 */
export async function approversPage(context: PersonContext): Promise<Page> {
  const devices = await ownDevices(context)
  const offers = offered(context.choices).approval
  if (!offers && !devices.length) throw notFound()
  return page(approversView, {
    devices,
    most,
    room: offers && devices.length < most,
    push: context.services.config.push !== null,
    here: devices.some((device) => device.here && !device.asleep),
  })
}

/** @throws Refusal 404 where the firm does not offer it, or there are enough */
async function mayAdd(context: PersonContext): Promise<void> {
  if (!offered(context.choices).approval || (await ownDevices(context)).length >= most) throw notFound()
}

/** Makes the browser at hand an approving device. Who now has their first second step and no backup code is led to one at once. */
export async function addThis(context: PersonContext): Promise<Answer> {
  await mayAdd(context)
  const before = await ownFacts(context)
  const first = !hasSecondStep(before.factors)
  const to = leadsTo(context, before, list)
  return act(context, { to, notice: 'profile.done.approver', shown: approversPage }, async (inner) => {
    if (!(await addDeviceHere(inner, inner.person.id, deviceWords(inner.t.bind(inner), inner.facts.agent)))) return null
    await onlyHere(inner)
    await sendNotice(inner, inner.person, first ? 'secondFactorOn' : 'approverAdded')
    await audit(inner, 'approver.added')
    return null
  })
}

/** Makes the link with which another device is added. */
export async function offerAnother(context: PersonContext): Promise<Answer> {
  await mayAdd(context)
  return act(context, { to: joining, shown: approversPage }, async (inner) => {
    await offerJoin(inner)
    await audit(inner, 'approver.offered')
    return null
  })
}

/** The picture, the number and the link for the other device, in the session that asked for them; else the list, where a device that was added stands. */
export async function joinPage(context: PersonContext): Promise<Answer> {
  const join = await joinOffered(context)
  return join ? page(approverJoinView, { join, picture: `${joining}.png`, look: `${list}/joined` }) : see(list)
}

/** The picture for the other device's camera. @throws Refusal 404 */
export async function joinPicture(context: PersonContext): Promise<Answer> {
  const join = await joinOffered(context)
  if (!join) throw notFound()
  return bytes('image/png', await qrPicture(join.link))
}

/** For the page that looks by itself whether the other device is there. */
export const joined = async (context: PersonContext): Promise<Answer> =>
  (await joinOffered(context)) ? json({ waits: true }) : see(list)

/** One of their devices, and how many others still answer. @throws Refusal 404 for one that is not theirs */
async function mine(context: PersonContext, id: string): Promise<{ device: OwnDevice; others: number }> {
  const all = await ownDevices(context)
  const device = all.find((each) => each.id === id)
  if (!device) throw notFound()
  return { device, others: all.filter((each) => each.id !== id && !each.asleep).length }
}

/** Giving a device another name. @throws Refusal 404 */
export async function approverNamePage(context: PersonContext, id: string, name?: string): Promise<Page> {
  const { device } = await mine(context, id)
  return page(approverNameView, { action: `${list}/${id}/name`, values: { name: name ?? device.name } })
}

/** Changes the name. @throws Refusal 404 */
export const nameApprover = (context: PersonContext, { id, name }: { id: string; name: string }): Promise<Answer> =>
  act(
    context,
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
export async function approverRemovalPage(context: PersonContext, id: string): Promise<Page> {
  const { device, others } = await mine(context, id)
  return page(approverRemoveView, {
    action: `${list}/${id}/remove`,
    device,
    ...(await removalState(context, 'approval', others)),
  })
}

/** Takes a device away, unless that would leave somebody without the second step their firm asks. @throws Refusal 404 */
export const takeApproverAway = (context: PersonContext, id: string): Promise<Answer> =>
  takeAway(context, {
    what: 'approval',
    to: offered(context.choices).approval ? list : '/profile',
    done: 'profile.done.approverRemoved',
    notice: 'approverRemoved',
    line: 'approver.removed',
    shown: (inner) => approverRemovalPage(inner, id),
    others: async (inner) => (await mine(inner, id)).others,
    // With the last one that answers go those that sleep: nobody signs in with them any more.
    async take(inner) {
      const gone = (await mine(inner, id)).others ? [id] : (await ownDevices(inner)).map((device) => device.id)
      for (const each of gone) await devices.remove(inner, inner.person.id, each)
    },
  })
