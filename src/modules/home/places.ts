import type { HomeArrangement } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'

/** Which widgets the firm chose for somebody like this person. The one place that reads it. */
export const placesOf = ({ policy, person }: PersonContext): HomeArrangement => policy.home[person.kind]
