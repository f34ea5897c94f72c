import { modules } from '../../src/modules.ts'
import { compose } from '../../src/tenancy/compose.ts'

/** How this portal reads firms' choices. */
export const reader = compose(modules).policy
export const { parse: parsePolicy, published: fromPublished, schema: policySchema } = reader
