import type { Context } from '../../tenancy/context.ts'
import { findAnswered, putAnswered } from './forms-store.ts'

/** Remembers that this form was answered, in the transaction of the act. */
export async function rememberAnswered(context: Context, accountId: string): Promise<void> {
  const { nonce } = context.facts
  if (nonce) await putAnswered(context, nonce, accountId)
}

/** Whether this very form was answered before, within this long: a double click, or a retry. */
export async function answeredBefore(context: Context, accountId: string, within = 'P30D'): Promise<boolean> {
  const { nonce } = context.facts
  return nonce !== null && findAnswered(context, nonce, accountId, context.ago(within))
}
