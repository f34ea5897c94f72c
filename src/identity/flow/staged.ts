import type { FlowState } from './state.ts'
import { dropStaged, findStaged, putStaged } from './forms-store.ts'

/**
 * What a value is encrypted for: the words it was bound to from the beginning, whatever its table is called by now. On
 * a mailed link those are the link's and the browser's, where it waited in a table of its own once.
 */
const bound = (
  { progress: { id, linkId, browser } }: Pick<FlowState, 'progress'>,
  name: string,
): [table: string, column: string, row: string] =>
  linkId ? ['reset_progress', name, `${linkId}|${browser}`] : ['staged', name, id]

/** Keeps a value, encrypted, until the rest of its form is there. */
export async function stage(state: FlowState, name: string, value: string): Promise<void> {
  const { context, progress } = state
  await putStaged(
    context,
    progress.id,
    name,
    context.tenant.vault.seal(context.associatedData(...bound(state, name)), value),
  )
}

/** A value that is waiting; null when there is none or it has waited too long. */
export async function staged(
  state: Pick<FlowState, 'context' | 'progress' | 'policy'>,
  name: string,
): Promise<string | null> {
  const { context, progress, policy } = state
  const sealed = await findStaged(context, progress.id, name, context.ago(policy.retention.staged))
  return sealed && context.unseal(...bound(state, name), sealed)
}

/** Wipes everything that was waiting in this flow. */
export const unstage = ({ context, progress }: FlowState): Promise<void> => dropStaged(context, progress.id)
