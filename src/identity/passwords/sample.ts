import type { SampleContext } from '../../tenancy/samples.ts'
import { passwordRules } from '../accounts/index.ts'
import type { PasswordAsked } from './new-password.ts'

/** What is asked of a new password by the firm of the address, for the gallery. */
export const passwordSample = ({ tenant, t }: SampleContext): PasswordAsked => ({
  rules: (tenant ? passwordRules(tenant.policy.password) : []).map(({ name, params }) => ({
    ok: null,
    text: t(`accounts.rule.${name}`, params),
  })),
  repeat: true,
  current: false,
  buttonTells: tenant?.policy.password.buttonTells ?? false,
  identifier: 'sanne@voorbeeld.example',
})
