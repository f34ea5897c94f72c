import { wrong, type Factor } from '../factor.ts'
import { devicesElsewhere } from './devices.ts'
import { ask, asked, takeYes, whyNot } from './questions.ts'

/** Approving on another device: the person picks there the number that stands here. */
export const approval: Factor = {
  enrolled: (facts) => facts.approval,
  asks: 'approval',
  sends: true,
  stepsUp: true,
  guessable: false,
  fromHere: async (visit, accountId, hadAt) => (await devicesElsewhere(visit, accountId, hadAt)).length > 0,
  begin: (visit, owner, purpose = 'signInCode') => ask(visit, owner, purpose),
  async sending(visit, owner, purpose) {
    const sent = (await asked(visit, owner, purpose)).number !== null
    return { sent, unsent: sent ? null : await whyNot(visit, owner) }
  },
  sentTo: async () => null,
  async shows(visit, owner, purpose) {
    const wakes = (await devicesElsewhere(visit, owner.id, owner.hadAt)).some(({ push }) => push !== null)
    return { ...(await asked(visit, owner, purpose)), wakes, address: `${new URL(visit.tenant.origin).host}/approve` }
  },
  async check(visit, owner, _typed, purpose = 'signInCode') {
    if (await takeYes(visit, owner, purpose)) return { ok: true }
    const { state } = await asked(visit, owner, purpose)
    const verdict = wrong(`factors.approval.${state}`)
    return verdict.ok || state === 'refused' ? verdict : { ...verdict, pending: true }
  },
}
