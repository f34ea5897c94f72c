import { z } from 'zod'
import { fragment } from '../../tenancy/fragment.ts'
import type { PolicyCheck } from '../../tenancy/policy.ts'

/** Whom a firm invites, and how many in a day. */
export const invitationPolicy = fragment(
  'invitation',
  z
    .strictObject({
      businessMailOnly: z.boolean().default(false),
      freeMailDomains: z.array(z.string()).optional().describe('replaces the built-in list of free mail domains'),
      rolesRequired: z.boolean().default(false),
      perDay: z
        .int()
        .min(10)
        .max(50_000)
        .default(1000)
        .describe('the most invitations of the firm in a day; the rest of a list goes on the next day'),
    })
    .prefault({}),
)

export const rolesExist: PolicyCheck = (policy) =>
  policy.of(invitationPolicy).rolesRequired && !policy.roles.length
    ? [{ path: 'invitation.rolesRequired', reason: 'asks for a role, but "roles" is empty' }]
    : []
