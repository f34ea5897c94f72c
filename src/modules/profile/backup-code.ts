import { page, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import {
  backupCode,
  backupCodeFrom,
  backupCodesSoFar,
  backupPaper,
  hasSecondStep,
  saveBackupCode,
  backupCodeActions,
  backupCodeNotices,
  offersBackup,
} from '../../identity/factors/index.ts'
import { act } from './act.ts'
import { ownFacts, type Own } from './own.ts'
import { backupCodeView } from './views.ts'

export interface BackupCodeForm {
  saved: boolean
  nth: string
}

/**
 * The code this session hands out, the n-th of this person: derived, so that a reload shows the same one and another
 * session another.
 */
const codeOf = (context: PersonContext, nth: number): string =>
  backupCodeFrom(context.tenant.vault.mac('backup code of a session', `${context.session.id}|${nth}`))

/** A backup code stands beside a second step that was set up; without one it opens nothing. @throws Refusal 404 */
async function mine(context: PersonContext): Promise<Own> {
  const own = await ownFacts(context)
  if (!offersBackup(context, context.choices) || !hasSecondStep(context, own.factors)) throw notFound()
  return own
}

/** Shows the new code until it is put away, and never after; till then the old one works. */
export async function backupCodePage(context: PersonContext): Promise<Page> {
  const { counts } = await mine(context)
  const nth = await backupCodesSoFar(context, context.person.id)
  return page(backupCodeView, {
    paper: backupPaper(context, context.person),
    code: codeOf(context, nth),
    nth,
    since: counts[backupCode.name]?.newest ?? null,
    file: `${context.tenant.slug}-backup-code.txt`,
  })
}

/**
 * Makes the code that was shown the living one. A page from before another was made shows the one that would come now.
 */
export async function saveCode(context: PersonContext, { saved, nth }: BackupCodeForm): Promise<Answer> {
  await mine(context)
  return act(
    context,
    { to: '/profile', notice: 'profile.done.backupCode', shown: backupCodePage },
    async (inner): Promise<FieldErrors | null> => {
      const now = await backupCodesSoFar(inner, inner.person.id)
      if (nth !== String(now)) return { '': { key: 'onboarding.stale' } }
      if (!saved) return { saved: { key: 'onboarding.backupCode.notSaved' } }
      await saveBackupCode(inner, inner.person.id, codeOf(inner, now))
      await sendNotice(inner, inner.person, backupCodeNotices.made)
      await record(inner, backupCodeActions.made)
      return null
    },
  )
}
