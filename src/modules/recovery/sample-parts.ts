import type { FieldErrors } from '../../platform/http/answer.ts'
import type { PlacedStep } from '../../tenancy/policy.ts'
import type { LinkForm } from './views.ts'

/** The form of a step, nothing typed yet. */
export const form = ({ id }: PlacedStep): LinkForm => ({ at: id, action: '/recovery/voorbeeld', values: {} })

export const tooShort: FieldErrors = { password: { key: 'accounts.rule.length.broken', params: { minimum: 12 } } }
