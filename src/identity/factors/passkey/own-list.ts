import { passkeyActions } from './audit-actions.ts'
import { passkeyNotices } from './notices.ts'
import { dated, plain, timed, type OwnList } from '../own-list.ts'
import { mostPasskeys, ownPasskeys } from './passkeys.ts'

/** Somebody's passkeys, the oldest first. */
export const ownList: OwnList = {
  list: 'passkeys',
  one: 'passkey',
  anchor: 'passkey',
  picture: 'key-round',
  most: mostPasskeys,
  actions: passkeyActions,
  noticeWhenRemoved: passkeyNotices.removed,
  acts: [],
  items: async (context) =>
    (await ownPasskeys(context, context.person.id)).map(({ id, name, synced, createdAt, usedAt }) => ({
      id,
      name,
      lines: [
        dated('made', createdAt),
        usedAt ? timed('used', usedAt) : plain('unused'),
        plain(synced ? 'synced' : 'single'),
      ],
      tags: [],
      open: null,
      since: createdAt,
      works: true,
    })),
  adds: () => [{ key: 'add', href: '/profile/passkeys/new', action: null }],
  sample: (at) => [
    { lines: [dated('made', at), plain('unused'), plain('single')], tags: [], open: null, works: true },
    { lines: [dated('made', at), timed('used', at), plain('synced')], tags: [], open: null, works: true },
  ],
}
