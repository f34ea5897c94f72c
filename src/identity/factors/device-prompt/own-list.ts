import { devicePromptActions } from './audit-actions.ts'
import { devicePromptNotices } from './notices.ts'
import { dated, plain, timed, type OwnItem, type OwnLine, type OwnList } from '../own-list.ts'
import { ownDevices, type OwnDevice } from './devices.ts'

function lines({ since, usedAt, wakes }: OwnDevice, push: boolean): OwnLine[] {
  const used = usedAt ? timed('used', usedAt) : plain('unused')
  return [dated('since', since), used, ...(push ? [plain(wakes ? 'wakes' : 'quiet')] : [])]
}

function tags({ here, asleep }: OwnDevice): OwnItem['tags'] {
  return [
    ...(here ? [{ key: 'profile.here' as const, tone: 'green' as const }] : []),
    ...(asleep ? [{ key: 'profile.approvers.asleep' as const, tone: 'grey' as const }] : []),
  ]
}

const sample = (at: Date): OwnDevice => ({
  id: '',
  name: '',
  since: at,
  usedAt: at,
  wakes: true,
  here: false,
  asleep: false,
})

/** Where the browser at hand is one of the devices, and not asleep, it need not be added. */
const isHere = ({ open, works }: OwnItem) => open !== null && works

/** Somebody's approving devices, the newest first. */
export const ownList: OwnList = {
  list: 'approvers',
  one: 'approver',
  anchor: 'device',
  picture: 'smartphone',
  rowPicture: 'badge-check',
  most: 10,
  actions: devicePromptActions,
  noticeWhenRemoved: devicePromptNotices.removed,
  acts: [],
  items: async (context) =>
    (await ownDevices(context)).map((device) => ({
      id: device.id,
      name: device.name,
      lines: lines(device, context.services.config.push !== null),
      tags: tags(device),
      open: device.here ? '/approve' : null,
      since: device.since,
      works: !device.asleep,
    })),
  adds: (items) => [
    { key: 'another', href: null, action: '/profile/approvers/join' },
    ...(items.some(isHere) ? [] : [{ key: 'this', href: null, action: '/profile/approvers/here' }]),
  ],
  sample: (at) => [
    { lines: lines(sample(at), true), tags: tags({ ...sample(at), here: true }), open: '/approve', works: true },
    { lines: lines({ ...sample(at), usedAt: null, wakes: false }, true), tags: [], open: null, works: true },
    { lines: lines(sample(at), false), tags: tags({ ...sample(at), asleep: true }), open: null, works: false },
  ],
}
