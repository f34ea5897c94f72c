import type { Context } from '../../tenancy/context.ts'
import { countTry } from '../../identity/sessions/index.ts'

/** `wait`: seconds until one may try again, 0 when the try was judged. `hash`: what it was right for, so that a change can insist on it. */
export interface PasswordVerdict {
  right: boolean
  wait: number
  hash: string | null
}

/** Whether this is the password an account has now. Counted before it is judged, like signing in; outside any transaction, because it takes its time. */
export async function isOwnPassword(context: Context, accountId: string, typed: string): Promise<PasswordVerdict> {
  const { wait, right: forgive } = await countTry(context, 'own password', accountId, accountId)
  if (wait > 0) return { right: false, wait, hash: null }
  const account = await context.one<{ hash: string | null }>(
    'select password_hash as hash from account where id = ? and blocked_at is null',
    [accountId],
  )
  const right = await context.services.hasher.verifyPassword(account?.hash ?? null, typed)
  if (right) await forgive()
  return { right, wait: 0, hash: account?.hash ?? null }
}
