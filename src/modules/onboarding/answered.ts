import type { Context } from '../../tenancy/context.ts'

/** Remembers that this form was answered, in the transaction of the act. */
export async function rememberAnswered(context: Context, accountId: string): Promise<void> {
  const { nonce } = context.facts
  if (nonce)
    await context.query(
      'insert into answered_form (tenant_id, nonce, account_id, at) values (?, ?, ?, ?) on conflict do nothing',
      [context.tenant.id, nonce, accountId, context.at],
    )
}

/** Whether this very form was answered before, within this long: a double click, or a retry. */
export async function answeredBefore(context: Context, accountId: string, within = 'P30D'): Promise<boolean> {
  const { nonce } = context.facts
  return (
    nonce !== null &&
    null !==
      (await context.one('select nonce from answered_form where nonce = ? and account_id = ? and at >= ?', [
        nonce,
        accountId,
        context.ago(within),
      ]))
  )
}
