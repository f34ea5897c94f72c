import { passwordFact } from '../accounts/index.ts'
import type { Policy } from '../../tenancy/policy.ts'
import { defineRequirement } from '../../tenancy/requirement.ts'

interface Has {
  password: boolean
  /** The version of the firm's choices by which it was last good enough; null: the first. */
  version: number | null
}

/** Whether a password that was good enough by the one set of rules may not be by the other. What it was is not kept. */
function stricter(now: Policy['password'], before: Policy['password']): boolean {
  return (
    now.minimum > before.minimum ||
    (now.oneOf !== null && now.oneOf !== before.oneOf) ||
    now.refuse.some((each) => !before.refuse.includes(each))
  )
}

/** A password that today's rules would take. Who used a passkey showed none, so nothing is said of it. */
export const passwordRequirement = defineRequirement<Has>({
  name: 'password',
  words: 'onboarding.stricter.password',
  fact: passwordFact,
  bare: { password: true, version: null },
  lacks(policy, { password, version }, { versions }) {
    const before = versions.get(version ?? Math.min(...versions.keys()))
    return password && before !== undefined && stricter(policy.password, before.password)
  },
  notAfter: ['passkey'],
  steps: [{ step: 'password' }],
})
