import type { AuditAction } from '../../tenancy/audit-action.ts'
import type { Context } from '../../tenancy/context.ts'
import { insertLine } from './store.ts'

interface About {
  /** The account it is about, where that is not the actor; null: of somebody nobody knows. */
  subject?: string | null | undefined
  /** Who did it, where nobody is signed in yet; null: it happened by itself. */
  actor?: string | null | undefined
  outcome?: 'ok' | 'refused'
}

/** What a line tells. `detail`: the facts of its action that explain it; never a secret, a name or a number. */
type Line<Always extends string, Sometimes extends string> = About &
  ([Always] extends [never]
    ? { detail?: Partial<Record<Sometimes, string>> }
    : { detail: Record<Always, string> & Partial<Record<Sometimes, string>> })

/** A line that has nothing to tell beside its action may be left out. */
type Told<Always extends string, Sometimes extends string> = [Always] extends [never]
  ? [line?: Line<Always, Sometimes>]
  : [line: Line<Always, Sometimes>]

/**
 * Adds a line to the firm's log, in the caller's transaction; the database chains it (NEN 7513: who, what, whom, when,
 * from where).
 */
export async function record<Always extends string, Sometimes extends string>(
  context: Context,
  action: AuditAction<Always, Sometimes>,
  ...[line]: Told<Always, Sometimes>
): Promise<void> {
  const { subject, actor, outcome = 'ok', detail = {} } = line ?? {}
  const who = actor === undefined ? (context.person?.id ?? null) : actor
  await insertLine(context, {
    actor: who,
    action: action.name,
    subject: action.about === 'firm' ? null : subject === undefined ? who : subject,
    outcome,
    detail,
    network: context.facts.network,
    browser: context.facts.agent,
  })
  context.logged()
}
