import type { Context } from '../../tenancy/context.ts'
import { passwordHash } from '../accounts/index.ts'
import { countTry } from '../sessions/index.ts'

/**
 * `wait`: seconds until one may try again, 0 when the try was judged. `hash`: what it was right for, so that a change
 * can insist on it.
 */
export interface PasswordVerdict {
  right: boolean
  wait: number
  hash: string | null
}

/**
 * Whether this is the password an account has now. Counted before it is judged, like signing in; outside any
 * transaction, because it takes its time. Room to judge is kept first, so that no try is counted and not judged.
 * @throws Busy
 */
export async function provePassword(context: Context, accountId: string, typed: string): Promise<PasswordVerdict> {
  using _room = context.services.hasher.reserve()
  const { wait, right: forgive } = await countTry(context, 'own password', accountId, accountId)
  if (wait > 0) return { right: false, wait, hash: null }
  const hash = await passwordHash(context, accountId)
  const right = await context.services.hasher.verifyPassword(hash, typed)
  if (right) await forgive()
  return { right, wait: 0, hash }
}
