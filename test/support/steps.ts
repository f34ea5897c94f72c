import { compose } from '../../src/tenancy/compose.ts'
import { modules } from '../../src/modules.ts'

/** All modules of the product, put together. */
export const everything = compose(modules)
/** Every step a firm can put in its flows. */
export const { steps } = everything
