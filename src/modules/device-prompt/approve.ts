import { json, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import { answerQuestion, devicesHere, saveSubscription, openQuestion } from '../../identity/factors/index.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { indexView, unknownView } from './views.ts'

export type AnswerForm = { id: string; number: string }

/**
 * What an approving device shows: the question that waits, or that nothing waits. A browser that is none, or was one,
 * sees one page that tells nothing.
 */
export async function approvePage(context: Context): Promise<Page> {
  const devices = await devicesHere(context)
  const [device] = devices
  if (!device) return page(unknownView)
  const question = await openQuestion(context, devices)
  if (!question)
    return page(indexView, {
      asks: false,
      question: null,
      wakes: devices.every(({ wakes }) => wakes),
      push: context.services.config.push?.publicKey ?? null,
    })
  const { id, purpose, choices, network, askedAt, owner } = question
  return page(indexView, {
    asks: true,
    push: null,
    wakes: false,
    question: {
      id,
      purpose,
      choices,
      network,
      askedAt,
      device: deviceWords(context.t.bind(context), question.browser),
      owner: devices.length > 1 ? owner : null,
    },
  })
}

/**
 * For the open page that looks by itself: to the question as soon as there is one, and away when the device is none any
 * more.
 */
export async function look(context: Context): Promise<Answer> {
  const devices = await devicesHere(context)
  return devices.length && !(await openQuestion(context, devices)) ? json({ waits: false }) : see('/approve')
}

/** Answers: the number picked, or none for "it was not me". */
export async function answer(context: Context, { id, number }: AnswerForm): Promise<Answer> {
  return context.transaction(async (inner) => {
    const devices = await devicesHere(inner)
    if (!devices.length) return see('/approve')
    return see(`/approve/${await answerQuestion(inner, devices, id, number || null)}`)
  })
}

/** Keeps where this browser can be woken, or forgets it: of every account it approves for. */
export async function saveSubscriptions(context: Context, subscription: string): Promise<Answer> {
  return context.transaction(async (inner) => {
    const kept = []
    for (const device of await devicesHere(inner)) kept.push(await saveSubscription(inner, device.id, subscription))
    if (kept.some(Boolean)) inner.browser.flash(subscription ? 'device-prompt.wake.on' : 'device-prompt.wake.off')
    return see('/approve')
  })
}
