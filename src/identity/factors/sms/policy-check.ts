import type { PolicyCheck } from '../../../tenancy/policy.ts'

/** A way back in that sets a number nobody signs in with. */
export const phoneChecks: PolicyCheck = ({ recovery, secondFactor }) =>
  recovery.phone && !secondFactor.of.includes('sms')
    ? [
        {
          path: 'recovery.phone',
          reason: 'sets a mobile number that nobody signs in with; offer "sms" in secondFactor.of, or leave it out',
        },
      ]
    : []
