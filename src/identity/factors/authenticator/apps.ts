import type { Context } from '../../../tenancy/context.ts'

/** The most one person may have. */
export const mostApps = 5

/** An app with codes as its owner sees it; `name` is null when it was never given one. */
export interface OwnApp {
  id: string
  name: string | null
  since: Date
}

/** Somebody's apps, the oldest first. */
export async function ownApps(context: Context, accountId: string): Promise<OwnApp[]> {
  const rows = await context.query<{ id: string; name: string | null; confirmed_at: string }>(
    'select id, name, confirmed_at from authenticator where account_id = ? and removed_at is null order by confirmed_at, id',
    [accountId],
  )
  return rows.map(({ id, name, confirmed_at }) => ({ id, name, since: new Date(confirmed_at) }))
}

/** How many apps somebody has had: the secret of each new one differs from all before. */
export async function appsSoFar(context: Context, accountId: string): Promise<number> {
  return (
    (await context.one<{ n: number }>('select count(*)::int as n from authenticator where account_id = ?', [accountId]))
      ?.n ?? 0
  )
}

/** @returns whether it is one of theirs */
export async function renameApp(context: Context, accountId: string, id: string, name: string): Promise<boolean> {
  return (
    null !==
    (await context.one(
      'update authenticator set name = ? where id = ? and account_id = ? and removed_at is null returning id',
      [name, id, accountId],
    ))
  )
}

/** Takes an app away: its codes work no more. @returns whether it was one of theirs, and still there */
export async function removeApp(context: Context, accountId: string, id: string): Promise<boolean> {
  return (
    null !==
    (await context.one(
      'update authenticator set removed_at = ? where id = ? and account_id = ? and removed_at is null returning id',
      [context.at, id, accountId],
    ))
  )
}
