import { json, page, see, type Answer, type Page } from '../../platform/answer.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { answerQuestion, devicesHere, keepSubscription, openQuestion } from '../factors/index.ts'
import { deviceWords } from '../sessions/index.ts'

/** What came of an answer, each with its page. */
export const outcomes = ['approved', 'refused', 'late'] as const
export type AnswerForm = { id: string; number: string }

/**
 * What an approving device shows: the question that waits, or that nothing waits. A browser that is none, or was one,
 * sees one page that tells nothing.
 */
export async function approvePage(visit: Visit): Promise<Page> {
  const devices = await devicesHere(visit)
  const [device] = devices
  if (!device) return page('approve/unknown')
  const question = await openQuestion(visit, devices)
  if (!question)
    return page('approve/index', {
      asks: false,
      question: null,
      wakes: devices.every(({ wakes }) => wakes),
      push: visit.house.config.push?.publicKey ?? null,
    })
  const { id, purpose, choices, network, askedAt, owner } = question
  return page('approve/index', {
    asks: true,
    push: null,
    wakes: false,
    question: {
      id,
      purpose,
      choices,
      network,
      askedAt,
      device: deviceWords(visit.t.bind(visit), question.browser),
      owner: devices.length > 1 ? owner : null,
    },
  })
}

/** For the open page that looks by itself: to the question as soon as there is one, and away when the device is none any more. */
export async function look(visit: Visit): Promise<Answer> {
  const devices = await devicesHere(visit)
  return devices.length && !(await openQuestion(visit, devices)) ? json({ waits: false }) : see('/approve')
}

/** Answers: the number picked, or none for "it was not me". */
export async function answer(visit: Visit, { id, number }: AnswerForm): Promise<Answer> {
  return visit.transaction(async (inner) => {
    const devices = await devicesHere(inner)
    if (!devices.length) return see('/approve')
    for (const device of devices) {
      const outcome = await answerQuestion(inner, device, id, number || null)
      if (outcome !== 'late') return see(`/approve/${outcome}`)
    }
    return see('/approve/late')
  })
}

/** Keeps where this browser can be woken, or forgets it: of every account it approves for. */
export async function keepWaking(visit: Visit, subscription: string): Promise<Answer> {
  return visit.transaction(async (inner) => {
    const kept = []
    for (const device of await devicesHere(inner)) kept.push(await keepSubscription(inner, device.id, subscription))
    if (kept.some(Boolean)) inner.browser.keep('notice', subscription ? 'approve.wake.on' : 'approve.wake.off')
    return see('/approve')
  })
}
