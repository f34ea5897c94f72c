import type { Context } from '../../tenancy/context.ts'

export interface Act {
  /** The account it is about, where that is not the actor; null: about nobody. */
  subject?: string | null | undefined
  /** Who did it, where nobody is signed in yet; null: it happened by itself. */
  actor?: string | null | undefined
  outcome?: 'ok' | 'refused'
  /** Facts that explain the line; never a secret, a name or a number. */
  detail?: Record<string, string>
}

/** Adds a line to the firm's log, in the caller's transaction; the database chains it (NEN 7513: who, what, whom, when, from where). */
export async function audit(
  context: Context,
  action: string,
  { subject, actor, outcome = 'ok', detail = {} }: Act = {},
): Promise<void> {
  const who = actor === undefined ? (context.person?.id ?? null) : actor
  await context.query(
    'insert into audit_line (tenant_id, at, actor, action, subject, outcome, detail, network, browser) values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)',
    [
      context.tenant.id,
      context.at,
      who,
      action,
      subject === undefined ? who : subject,
      outcome,
      JSON.stringify(detail),
      context.facts.network,
      context.facts.agent,
    ],
  )
  context.logged()
}
