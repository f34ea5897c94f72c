import { z } from 'zod'
import { fragment } from '../../../src/tenancy/fragment.ts'

/** Whether the firm asks a secret question of everybody; none did before it could. */
export const questionPolicy = fragment(
  'question',
  z.strictObject({ obligatory: z.boolean().default(false) }).prefault({}),
  { before: { obligatory: false } },
)
