import { bytes, json, page, see, type Answer } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import {
  addDeviceHere,
  devicePrompt,
  hasSecondStep,
  joinOffered,
  offerJoin,
  qrPicture,
  devicePromptActions,
  devicePromptNotices,
  factorNotices,
} from '../../identity/factors/index.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { act, onlyHere } from './act.ts'
import { leadsTo, ownFacts } from './own.ts'
import { mayAdd } from './own-list.ts'
import { approverJoinView } from './views.ts'

const list = '/profile/approvers'
const joining = `${list}/join`
/** What is wrong with adding one is said in words of its own, never on a page shown again. */
const nowhere = (): never => {
  throw notFound()
}

/**
 * Makes the browser at hand an approving device. Who now has their first second step and no backup code is led to one
 * at once.
 */
export async function addThis(context: PersonContext): Promise<Answer> {
  await mayAdd(context, devicePrompt)
  const before = await ownFacts(context)
  const first = !hasSecondStep(context, before.factors)
  const to = leadsTo(context, before, list)
  return act(context, { to, notice: 'profile.done.approver', shown: nowhere }, async (inner) => {
    if (!(await addDeviceHere(inner, inner.person.id, deviceWords(inner.t.bind(inner), inner.facts.agent)))) return null
    await onlyHere(inner)
    await sendNotice(inner, inner.person, first ? factorNotices.on : devicePromptNotices.added)
    await record(inner, devicePromptActions.added)
    return null
  })
}

/** Makes the link with which another device is added. */
export async function offerAnother(context: PersonContext): Promise<Answer> {
  await mayAdd(context, devicePrompt)
  return act(context, { to: joining, shown: nowhere }, async (inner) => {
    await offerJoin(inner)
    await record(inner, devicePromptActions.offered)
    return null
  })
}

/**
 * The picture, the number and the link for the other device, in the session that asked for them; else the list, where a
 * device that was added stands.
 */
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
