import type { FlowState } from './state.ts'
import { dropStaged, findStaged, putStaged } from './store.ts'

/** What the values are encrypted for: the words they were bound to from the beginning. */
const place = ({ context, progress }: FlowState, name: string) => context.place('staged', name, progress.id)

/** Keeps a value, encrypted, until the rest of its form is there. */
export async function stage(state: FlowState, name: string, value: string): Promise<void> {
  const { context, progress } = state
  await putStaged(context, progress.id, name, context.tenant.vault.seal(place(state, name), value))
}

/** A value that is waiting; null when there is none or it has waited too long. */
export async function staged({ context, progress, policy }: FlowState, name: string): Promise<string | null> {
  const sealed = await findStaged(context, progress.id, name, context.ago(policy.retention.staged))
  return sealed && context.unseal('staged', name, progress.id, sealed)
}

/** Wipes everything that was waiting in this flow. */
export const unstage = ({ context, progress }: FlowState): Promise<void> => dropStaged(context, progress.id)
