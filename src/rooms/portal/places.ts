import type { HomeArrangement } from '../../tenancy/policy.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'

/** Which widgets the firm chose for somebody like this person. The one place that reads it. */
export const placesOf = ({ policy, person }: PersonVisit): HomeArrangement => policy.home[person.kind]
