import type { PersonContext } from '../../tenancy/context.ts'
import { allow } from '../../identity/permissions/index.ts'
import { requestRows } from './decision-store.ts'
import type { RequestKind } from './entities.ts'
import { decideOwnResets } from './permissions.ts'

/** Where a request stands; `half`: one of the two said yes. */
export type RequestState = 'waiting' | 'asked' | 'half' | 'done' | 'cancelled' | 'ended'

/**
 * A request as staff see it: never a number or a password. `mine`: this person said yes already; `adminOnly`: not
 * theirs to decide.
 */
export interface RequestShown {
  id: string
  accountId: string
  name: string
  kind: RequestKind
  state: RequestState
  askedAt: Date
  dueAt: Date | null
  endedAt: Date | null
  releases: { name: string; at: Date }[]
  own: boolean
  mine: boolean
  adminOnly: boolean
}

type Row = Awaited<ReturnType<typeof requestRows>>[number]

function stateOf({ doneAt, cancelledAt, endedAt, releases, dueAt }: Row): RequestState {
  if (doneAt) return 'done'
  if (cancelledAt) return 'cancelled'
  if (endedAt) return 'ended'
  return releases.length ? 'half' : dueAt ? 'waiting' : 'asked'
}

const shownTo =
  (context: PersonContext) =>
  (row: Row): RequestShown => {
    const { id, accountId, name, kind, askedAt, dueAt, releases, adminsDecide } = row
    return {
      id,
      accountId,
      name,
      kind,
      askedAt,
      dueAt,
      state: stateOf(row),
      endedAt: row.doneAt ?? row.cancelledAt ?? row.endedAt,
      releases: releases.map((each) => ({ name: each.name, at: new Date(each.at) })),
      own: accountId === context.person.id,
      mine: releases.some((each) => each.id === context.person.id),
      adminOnly: adminsDecide && !allow(context, decideOwnResets),
    }
  }

/** The requests of the firm: the open ones first, the longest waiting on top; as many as anybody reads. */
export const listRequests = async (context: PersonContext): Promise<RequestShown[]> =>
  (await requestRows(context)).map(shownTo(context))

/** One of them, however many there are; null for one that is not there. */
export const findRequest = async (context: PersonContext, id: string): Promise<RequestShown | null> =>
  (await requestRows(context, id)).map(shownTo(context))[0] ?? null
