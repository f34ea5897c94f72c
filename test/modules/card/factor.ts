import type { Factor } from '../../../src/identity/factors/index.ts'
import { readCode } from '../../../src/identity/factors/code-input.ts'
import { wrong } from '../../../src/identity/factors/factor.ts'
import { dated } from '../../../src/identity/factors/own-list.ts'
import { cardActions } from './audit-actions.ts'
import { Card } from './entity.ts'
import { cardNotices } from './notices.ts'
import { cardRecords } from './records.ts'
import { cardsOf, isOnCard, ownCards } from './store.ts'

/** The number on a card. */
export const card: Factor = {
  name: 'card',
  kind: 'own',
  strength: 25,
  stepsUp: true,
  entities: [Card],
  auditActions: Object.values(cardActions),
  notices: Object.values(cardNotices),
  records: [cardRecords],
  enrolments: cardsOf,
  endsTrust: true,
  sends: false,
  asks: 'figures',
  own: {
    list: 'cards',
    one: 'card',
    anchor: 'card',
    picture: 'file-text',
    most: 2,
    actions: cardActions,
    noticeWhenRemoved: cardNotices.removed,
    acts: [],
    items: async (context) =>
      (await ownCards(context, context.person.id)).map(({ id, name, created_at: since }) => ({
        id,
        name: name ?? '',
        lines: [dated('since', since)],
        tags: [],
        open: null,
        since,
        works: true,
      })),
    adds: () => [],
    sample: () => [],
  },
  begin: async () => null,
  sentTo: async () => null,
  sample: { sentTo: null, ask: {} },
  async check(context, owner, typed) {
    const read = readCode(typed)
    if (!read.ok) return wrong(read.key, read.params)
    return (await isOnCard(context, owner, read.code)) ? { ok: true } : wrong('factors.code.wrong')
  },
}
