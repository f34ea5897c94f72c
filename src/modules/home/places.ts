import type { PersonContext } from '../../tenancy/context.ts'
import { homePolicy, type HomeArrangement } from './policy.ts'

/** Which widgets the firm chose for somebody like this person. The one place that reads it. */
export const placesOf = ({ policy, person }: PersonContext): HomeArrangement => policy.of(homePolicy)[person.kind]
