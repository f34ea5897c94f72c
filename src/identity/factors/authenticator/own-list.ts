import { authenticatorActions } from './audit-actions.ts'
import type { PersonContext } from '../../../tenancy/context.ts'
import { authenticatorNotices } from './notices.ts'
import { dated, type OwnList } from '../own-list.ts'
import { mostApps, ownApps } from './store.ts'

/** An app as its owner reads it: one that was never given a name has one all the same. */
export const appName = (context: PersonContext, name: string | null): string => name ?? context.t('profile.apps.own')

/** Somebody's apps, the oldest first. */
export const ownList: OwnList = {
  list: 'apps',
  one: 'app',
  anchor: 'app',
  picture: 'smartphone',
  most: mostApps,
  actions: authenticatorActions,
  noticeWhenRemoved: authenticatorNotices.removed,
  acts: ['replace'],
  items: async (context) =>
    (await ownApps(context, context.person.id)).map(({ id, name, since }) => ({
      id,
      name: appName(context, name),
      lines: [dated('since', since)],
      tags: [],
      open: null,
      since,
      works: true,
    })),
  adds: () => [{ key: 'add', href: '/profile/apps/new', action: null }],
  sample: (at) => [0, 1].map(() => ({ lines: [dated('since', at)], tags: [], open: null, works: true })),
}
