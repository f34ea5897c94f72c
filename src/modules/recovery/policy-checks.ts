import type { PolicyCheck } from '../../tenancy/policy.ts'
import { withParts } from '../../tenancy/step-config.ts'

/** A way back in that asks what nobody has. */
export const recoveryHoldsTogether: PolicyCheck = ({ recovery, secondFactor, onboarding }) => [
  ...(recovery.also === 'oldPhoneOrDelay' && !recovery.phone
    ? [
        {
          path: 'recovery.also',
          reason: 'is "oldPhoneOrDelay", but no number is set again; add "phone": true, or choose "currentFactor"',
        },
      ]
    : []),
  ...(recovery.phone && !secondFactor.of.includes('sms')
    ? [
        {
          path: 'recovery.phone',
          reason: 'sets a mobile number that nobody signs in with; offer "sms" in secondFactor.of, or leave it out',
        },
      ]
    : []),
  ...(recovery.question &&
  !Object.values(onboarding)
    .flatMap(withParts)
    .some((step) => step.step === 'secretQuestion')
    ? [
        {
          path: 'recovery.question',
          reason:
            'asks a question that nobody chooses; add { "step": "secretQuestion" } to the onboarding, or leave it out',
        },
      ]
    : []),
]
