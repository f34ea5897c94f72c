import type { Walk } from './step.ts'

const place = (walk: Walk, name: string) => walk.visit.place('staged', name, walk.run.id)

/** Keeps a value, sealed, until the rest of its form is there. */
export async function stage(walk: Walk, name: string, value: string): Promise<void> {
  const { visit, run } = walk
  await visit.query(
    `insert into staged (tenant_id, run_id, name, sealed, at) values (?, ?, ?, ?, ?)
     on conflict (tenant_id, run_id, name) do update set sealed = excluded.sealed, at = excluded.at`,
    [visit.tenant.id, run.id, name, visit.tenant.vault.seal(place(walk, name), value), visit.at],
  )
}

/** A value that is waiting; null when there is none or it has waited too long. */
export async function staged(walk: Walk, name: string): Promise<string | null> {
  const { visit, run } = walk
  const row = await visit.one<{ sealed: string }>(
    'select sealed from staged where run_id = ? and name = ? and at > ?',
    [run.id, name, visit.ago(walk.policy.retention.staged)],
  )
  return row && visit.unseal('staged', name, run.id, row.sealed)
}

/** Wipes everything that was waiting in this run. */
export async function unstage(walk: Walk): Promise<void> {
  await walk.visit.query('delete from staged where run_id = ?', [walk.run.id])
}
