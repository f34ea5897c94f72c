import type { Walk } from './step.ts'

const place = (walk: Walk, name: string) => walk.context.place('staged', name, walk.run.id)

/** Keeps a value, sealed, until the rest of its form is there. */
export async function stage(walk: Walk, name: string, value: string): Promise<void> {
  const { context, run } = walk
  await context.query(
    `insert into staged (tenant_id, run_id, name, sealed, at) values (?, ?, ?, ?, ?)
     on conflict (tenant_id, run_id, name) do update set sealed = excluded.sealed, at = excluded.at`,
    [context.tenant.id, run.id, name, context.tenant.vault.seal(place(walk, name), value), context.at],
  )
}

/** A value that is waiting; null when there is none or it has waited too long. */
export async function staged(walk: Walk, name: string): Promise<string | null> {
  const { context, run } = walk
  const row = await context.one<{ sealed: string }>(
    'select sealed from staged where run_id = ? and name = ? and at > ?',
    [run.id, name, context.ago(walk.policy.retention.staged)],
  )
  return row && context.unseal('staged', name, run.id, row.sealed)
}

/** Wipes everything that was waiting in this run. */
export async function unstage(walk: Walk): Promise<void> {
  await walk.context.query('delete from staged where run_id = ?', [walk.run.id])
}
