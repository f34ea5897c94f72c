import type { Context } from '../../tenancy/context.ts'
import type { FlowProgress } from './entities.ts'
import { findOnLink, putOnLink, type OnLink } from './store.ts'

/** The progress of who has not begun: looked at, and not written down. */
export const notBegun = (
  context: Context,
  { accountId, flow, on }: { accountId: string; flow: string; on?: OnLink },
): FlowProgress => ({
  tenantId: context.tenant.id,
  id: '00000000-0000-0000-0000-000000000000',
  accountId,
  flow,
  policyVersion: context.tenant.version,
  asked: null,
  startedAt: context.at,
  finishedAt: null,
  endedAt: null,
  linkId: on?.linkId ?? null,
  browser: on?.browser ?? null,
})

/** A flow on a mailed link, in the browser that is here. */
export interface LinkFlow {
  accountId: string
  flow: string
  linkId: string
}

/**
 * How far this browser is on a mailed link; from the beginning where it has not answered anything yet.
 * @param begin inside a transaction under the lock of the account: it is written down from here on
 */
export async function progressOnLink(
  context: Context,
  { linkId, ...whose }: LinkFlow,
  { begin }: { begin: boolean },
): Promise<FlowProgress> {
  const on = { linkId, browser: context.browser.digest }
  if (begin) await putOnLink(context, { ...whose, on })
  return (await findOnLink(context, on)) ?? notBegun(context, { ...whose, on })
}
