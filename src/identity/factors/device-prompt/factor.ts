import { deviceRecords, questionRecords } from './records.ts'
import { devicePromptActions } from './audit-actions.ts'
import { wrong, type Factor } from '../factor.ts'
import { devicesElsewhere } from './devices.ts'
import { DevicePrompt, PromptDevice } from './entity.ts'
import { devicePromptNotices } from './notices.ts'
import { ownList } from './own-list.ts'
import { ask, asked, takeYes, whyNot } from './questions.ts'
import { devices } from './store.ts'

/** Approving on another device: the person picks there the number that stands here. */
export const devicePrompt: Factor = {
  name: 'devicePrompt',
  aliases: ['approval'],
  kind: 'own',
  entities: [PromptDevice, DevicePrompt],
  auditActions: Object.values(devicePromptActions),
  notices: Object.values(devicePromptNotices),
  records: [deviceRecords, questionRecords],
  enrolments: devices,
  own: ownList,
  endsTrust: true,
  sends: true,
  stepsUp: true,
  strength: 30,
  asks: 'device-prompt',
  sample: {
    sentTo: null,
    ask: {
      state: 'waiting',
      number: 47,
      until: new Date('2026-11-12T18:06:00Z'),
      address: 'portaal.voorbeeld.example/approve',
      wakes: true,
    },
  },
  guessable: false,
  fromHere: async (context, accountId, hadAt) => (await devicesElsewhere(context, accountId, hadAt)).length > 0,
  begin: (context, owner, purpose) => ask(context, owner, purpose),
  async sending(context, owner, purpose) {
    const sent = (await asked(context, owner, purpose)).number !== null
    return { sent, unsent: sent ? null : await whyNot(context, owner), next: null }
  },
  sentTo: async () => null,
  async shows(context, owner, purpose) {
    const wakes = (await devicesElsewhere(context, owner.id, owner.hadAt)).some(({ push }) => push !== null)
    return {
      ...(await asked(context, owner, purpose)),
      wakes,
      address: `${new URL(context.tenant.origin).host}/approve`,
    }
  },
  async check(context, owner, _typed, purpose) {
    if (await takeYes(context, owner, purpose)) return { ok: true }
    const { state } = await asked(context, owner, purpose)
    // Approved just now: the next look takes it.
    const verdict = wrong(`factors.devicePrompt.${state === 'approved' ? 'waiting' : state}`)
    return verdict.ok || state === 'refused' ? verdict : { ...verdict, pending: true }
  },
}
