import { z } from 'zod'
import { fragment } from '../../../src/tenancy/fragment.ts'

/** Whether the firm asks a card of everybody; none did before there were cards. */
export const cardPolicy = fragment('card', z.strictObject({ obligatory: z.boolean().default(false) }).prefault({}), {
  before: { obligatory: false },
})
