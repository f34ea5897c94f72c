import type { Context } from './context.ts'
import { isOn } from './switches.ts'

/**
 * A kind of record that a module keeps of people: what retention and privacy need to know of it. All work inside the
 * caller's transaction, where there is one.
 */
export interface RecordKind {
  name: string
  /** With what its term of keeping begins: when it was made, or when the account it is of was closed. */
  starts: 'made' | 'accountClosed'
  /** How many there are of somebody. */
  count(context: Context, accountId: string): Promise<number>
  /** All of somebody's, as they may read them: plain data, no secrets (GDPR art. 15 and 20). */
  export(context: Context, accountId: string): Promise<object[]>
  /** Erases somebody's. @returns how many went. Null: they stay, and `stays` says why (GDPR art. 17(3)) */
  erase: ((context: Context, accountId: string) => Promise<number>) | null
  stays?: string
}

/** Everything the firm's modules keep of somebody, by the name of the kind. */
export async function exportRecords(context: Context, accountId: string): Promise<Record<string, object[]>> {
  const kinds = context.services.modules.all
    .filter((module) => isOn(context.policy, module))
    .flatMap(({ records = [] }) => records)
  return Object.fromEntries(
    await Promise.all(kinds.map(async (kind) => [kind.name, await kind.export(context, accountId)] as const)),
  )
}
