import type { Visit } from '../../tenancy/visit.ts'

/** Remembers that this form was answered, in the transaction of the act. */
export async function rememberAnswered(visit: Visit, accountId: string): Promise<void> {
  const { nonce } = visit.facts
  if (nonce)
    await visit.query(
      'insert into answered_form (tenant_id, nonce, account_id, at) values (?, ?, ?, ?) on conflict do nothing',
      [visit.tenant.id, nonce, accountId, visit.at],
    )
}

/** Whether this very form was answered before, within this long: a double click, or a retry. */
export async function answeredBefore(visit: Visit, accountId: string, within = 'P30D'): Promise<boolean> {
  const { nonce } = visit.facts
  return (
    nonce !== null &&
    null !==
      (await visit.one('select nonce from answered_form where nonce = ? and account_id = ? and at >= ?', [
        nonce,
        accountId,
        visit.ago(within),
      ]))
  )
}
