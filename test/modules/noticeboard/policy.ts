import { z } from 'zod'
import { fragment } from '../../../src/tenancy/fragment.ts'

/** How long a note stays. */
export const boardPolicy = fragment(
  'noticeboard',
  z.strictObject({ days: z.int().min(1).max(365).default(30) }).prefault({}),
)
