import type { Context } from '../../tenancy/context.ts'
import type { Language } from '../../tenancy/policy.ts'
import { record } from '../../identity/audit/index.ts'
import { digestOf, termsPolicy, type Section, type Terms } from './policy.ts'
import { findAcceptances, putAcceptance } from './store.ts'
import { termsActions } from './audit-actions.ts'

/** The firm's terms of today; null where it has none. */
export const termsOf = ({ policy }: Pick<Context, 'policy'>): Terms | null => policy.of(termsPolicy)

/** Somebody agrees to today's text, in the language it was shown in. In the transaction of the step. */
export async function accept(context: Context, accountId: string, terms: Terms, language: Language): Promise<void> {
  const [version, digest] = [terms.version, digestOf(terms[language])]
  if (await putAcceptance(context, accountId, { version, language, digest }))
    await record(context, termsActions.accepted, {
      subject: accountId,
      actor: accountId,
      detail: { version, text: digest, language },
    })
}

/**
 * Puts down that somebody agreed at a moment long gone: for accounts that are brought in, with what is known of them.
 */
export async function saveAcceptance(context: Context, accountId: string, at: Date): Promise<void> {
  const terms = termsOf(context)
  if (!terms) return
  const [version, language] = [terms.version, context.language]
  await putAcceptance(context, accountId, { version, language, digest: digestOf(terms[language]), at })
}

/** A version somebody agreed to. `text` is null only where it can no longer be shown to be the one they read. */
export interface Accepted {
  version: string
  at: Date
  language: Language
  text: Section[] | null
}

/** What somebody agreed to, the newest first, each with the very text they read. */
export async function acceptedBy(context: Context, accountId: string): Promise<Accepted[]> {
  const rows = await findAcceptances(context, accountId)
  return rows.map(({ version, policyVersion, language, digest, acceptedAt }) => {
    const text = context.tenant.versions.get(policyVersion)?.of(termsPolicy)?.[language]
    return { version, at: acceptedAt, language, text: text && digestOf(text) === digest ? text : null }
  })
}
