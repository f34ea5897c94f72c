import { page, type Answer, type FieldErrors, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { backupCodeFrom, backupCodesSoFar, backupPaper, hasSecondStep, keepBackupCode } from '../factors/index.ts'
import { act } from './act.ts'
import { offered, ownFacts, type Own } from './own.ts'

export interface BackupCodeForm {
  saved: boolean
  nth: string
}

/** The code this session hands out, the n-th of this person: derived, so that a reload shows the same one and another session another. */
const codeOf = (visit: PersonVisit, nth: number): string =>
  backupCodeFrom(visit.tenant.vault.mac('backup code of a session', `${visit.session.id}|${nth}`))

/** A backup code stands beside a second step that was set up; without one it opens nothing. @throws Refusal 404 */
async function mine(visit: PersonVisit): Promise<Own> {
  const own = await ownFacts(visit)
  if (!offered(visit.choices).backupCode || !hasSecondStep(own.factors)) throw notFound()
  return own
}

/** Shows the new code until it is put away, and never after; till then the old one works. */
export async function backupCodePage(visit: PersonVisit): Promise<Page> {
  const { backupCodeAt } = await mine(visit)
  const nth = await backupCodesSoFar(visit, visit.person.id)
  return page('profile/backup-code', {
    paper: backupPaper(visit, visit.person),
    code: codeOf(visit, nth),
    nth,
    since: backupCodeAt,
    file: `${visit.tenant.slug}-backup-code.txt`,
  })
}

/** Makes the code that was shown the living one. A page from before another was made shows the one that would come now. */
export async function keepCode(visit: PersonVisit, { saved, nth }: BackupCodeForm): Promise<Answer> {
  await mine(visit)
  return act(
    visit,
    { to: '/profile', notice: 'profile.done.backupCode', shown: backupCodePage },
    async (inner): Promise<FieldErrors | null> => {
      const now = await backupCodesSoFar(inner, inner.person.id)
      if (nth !== String(now)) return { '': { key: 'onboarding.stale' } }
      if (!saved) return { saved: { key: 'onboarding.backupCode.notSaved' } }
      await keepBackupCode(inner, inner.person.id, codeOf(inner, now))
      await sendNotice(inner, inner.person, 'backupCodeMade')
      await audit(inner, 'backupCode.made')
      return null
    },
  )
}
