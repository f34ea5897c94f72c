import { seeEverybody } from '../../identity/accounts/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import type { Context } from '../../tenancy/context.ts'

/** Whether who invites sees their own organisation only. What nobody is signed in for is the operator's. */
export const isBound = (context: Pick<Context, 'person' | 'policy'>): boolean =>
  context.person !== null && !allow(context, seeEverybody)
