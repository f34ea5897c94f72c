import type { PlainKey } from '../../platform/i18n/texts.ts'
import type { AuditAction } from '../../tenancy/audit-action.ts'
import { again, type Answer, type Page } from '../../platform/http/answer.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { Notice } from '../../tenancy/notice.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import { factorNotices, hasBackup, removeBackups, type Factor } from '../../identity/factors/index.ts'
import { act, onlyHere } from './act.ts'
import { isLast, mayRemove, ownFacts } from './own.ts'

/**
 * `allowed`: it may go. `last`: it is the last second step. `backupCode`: there is a backup code that goes with the
 * last one.
 */
export interface RemovalState {
  allowed: boolean
  last: boolean
  backupCode: boolean
}

/** What taking a factor away would mean for its owner. @param others how many of the same kind stay */
export async function removalState(context: PersonContext, what: Factor, others: number): Promise<RemovalState> {
  const { factors } = await ownFacts(context)
  return {
    allowed: mayRemove(context, factors, what, others > 0),
    last: !others && isLast(context, factors, what),
    backupCode: hasBackup(context, factors),
  }
}

/**
 * One way to sign in that its owner takes away: where that leads, what is told there, by mail and in the log, and the
 * check page. `others`: how many of the same kind stay; null when there is nothing to take away any more. `take` does
 * it.
 */
export interface Removal {
  what: Factor
  to: string
  done: PlainKey
  notice: Notice
  action: AuditAction<never>
  shown(context: PersonContext): Promise<Page>
  others(context: PersonContext): Promise<number | null>
  take(context: PersonContext): Promise<unknown>
}

/** Takes it away, unless that would leave somebody without the second step their firm asks. */
export async function takeAway(
  context: PersonContext,
  { what, to, done, notice, action, shown, others, take }: Removal,
): Promise<Answer> {
  const answer = await act(context, { to, notice: done, shown }, async (inner) => {
    const stay = await others(inner)
    if (stay === null) return null
    const { allowed, last } = await removalState(inner, what, stay)
    if (!allowed) return { '': { key: 'profile.remove.refused' } }
    await take(inner)
    // Alone it opens nothing; whoever sets a second step up again gets a new one.
    if (last) await removeBackups(inner, inner.person.id)
    await onlyHere(inner)
    await sendNotice(inner, inner.person, last ? factorNotices.off : notice)
    await record(inner, action)
    return null
  })
  return answer.kind === 'page' ? again(answer, answer.errors, 409) : answer
}
