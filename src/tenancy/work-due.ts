import { defineEntity, p, type EntityManager, type MikroORM } from '@mikro-orm/postgresql'
import { toDate } from '../platform/clock.ts'
import { freshEm } from '../platform/db/database.ts'
import { anyOf } from '../platform/db/lists.ts'
import { tables } from '../platform/db/tables.ts'
import { mineOrWorker, ownKey } from './isolation.ts'

/**
 * At which firms a job has something to look at, and from when. One small table over all firms, so that an idle night
 * costs the same with five of them or ten thousand; it holds ids and moments, nothing of anybody. Its rows come from
 * triggers (`notice_work('<job>', '<column>')`, made in a migration) on the tables the job looks at, from the job itself,
 * which says when it has to come again, and from each new version of a firm's choices.
 */
export const WorkDue = defineEntity({
  name: 'WorkDue',
  tableName: 'work_due',
  rowLevelSecurity: 'force',
  policies: [{ name: 'tenant', using: mineOrWorker, check: mineOrWorker }],
  indexes: [
    { name: 'work_due_next', expression: 'create index work_due_next on work_due (job, due_at)' },
    {
      name: 'work_due_noticed',
      expression: 'create index work_due_noticed on work_due (tenant_id, job, due_at)',
    },
  ],
  properties: {
    ...ownKey,
    job: p.text(),
    dueAt: p.datetime(),
    /** Somebody is at it; due again where they do not end. */
    leased: p.boolean().default(false),
  },
})
const db = tables(WorkDue)

/** As many firms are taken at a time. */
const batch = 500
/** What a process that was killed had in hand is free again after this. */
const lease = Temporal.Duration.from('PT1M')

/** A firm at which a job has something to look at, taken for a minute. */
export interface TakenWork {
  tenantId: string
  id: string
}

/**
 * Takes the firms at which this job is due, those that wait longest first, at most 500. What is written from now on is
 * noticed anew, so nothing slips between taking and looking.
 */
export function takeWork(orm: MikroORM, job: string, now: Temporal.Instant): Promise<TakenWork[]> {
  return freshEm(orm).transactional(async (em) => {
    const due = await db({ em })
      .selectFrom('work_due')
      .select(['tenant_id', 'id'])
      .where('job', '=', job)
      .where('due_at', '<=', toDate(now))
      .orderBy('due_at')
      .limit(batch)
      .forUpdate()
      .skipLocked()
      .execute()
    if (!due.length) return []
    await db({ em })
      .deleteFrom('work_due')
      .where((eb) => eb('id', '=', anyOf(due.map(({ id }) => id))))
      .execute()
    const until = toDate(now.add(lease))
    const taken = [...new Set(due.map((row) => row.tenant_id))].map((tenantId) => ({
      tenantId,
      id: crypto.randomUUID(),
    }))
    await db({ em })
      .insertInto('work_due')
      .values(taken.map(({ tenantId, id }) => ({ tenant_id: tenantId, id, job, due_at: until, leased: true })))
      .execute()
    return taken
  })
}

/** The firm was looked at; with a moment, the job comes again then. */
export function endWork(orm: MikroORM, { tenantId, id }: TakenWork, again: Date | null): Promise<unknown> {
  const at = { em: freshEm(orm) }
  return again
    ? db(at)
        .updateTable('work_due')
        .set({ due_at: again, leased: false })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    : db(at).deleteFrom('work_due').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** These jobs look at the firm again, from this moment on. In the caller's transaction. */
export async function noticeWork(em: EntityManager, tenantId: string, jobs: string[], from: Date): Promise<void> {
  if (!jobs.length) return
  const rows = jobs.map((job) => ({ tenant_id: tenantId, id: crypto.randomUUID(), job, due_at: from }))
  await db({ em }).insertInto('work_due').values(rows).execute()
}

/** When a job comes again, of all it waits for; null where it waits for nothing. */
export const earliest = (...moments: (Date | null | undefined)[]): Date | null =>
  moments.reduce<Date | null>((first, each) => (each && (!first || each < first) ? each : first), null)

/** The moment this long after another, counted on the firm's calendar; null after nothing. */
export function longAfter(
  { policy }: { policy: { zone: string } },
  duration: string,
  since: Date | null | undefined,
): Date | null {
  if (!since) return null
  const later = Temporal.Instant.fromEpochMilliseconds(since.getTime()).toZonedDateTimeISO(policy.zone).add(duration)
  return new Date(later.epochMilliseconds)
}
