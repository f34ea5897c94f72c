import type { PolicyCheck } from '../../tenancy/policy.ts'

/** A way back in that asks what nobody has. */
export const recoveryHoldsTogether: PolicyCheck = ({ recovery, features }) => [
  ...(recovery.also === 'oldPhoneOrDelay' && !recovery.phone
    ? [
        {
          path: 'recovery.also',
          reason: 'is "oldPhoneOrDelay", but no number is set again; add "phone": true, or choose "currentFactor"',
        },
      ]
    : []),
  ...(recovery.question && !features.includes('secretQuestion')
    ? [
        {
          path: 'recovery.question',
          reason:
            'asks a question that nobody chooses; add { "step": "secretQuestion" } to the onboarding, or leave it out',
        },
      ]
    : []),
]
