import { Slot } from '../platform/db/kept.ts'
import type { PersonContext } from './context.ts'

/** Reading anything else of it fails: what is not here would stand in everybody's statement as it is for the first. */
const only = <T extends object>(facts: T): T =>
  new Proxy(facts, {
    get(target, name) {
      if (name in target) return target[name as keyof T]
      throw new TypeError(`A statement that is built once for many cannot hang on "${String(name)}".`)
    },
  })

const slot = (read: (context: PersonContext) => unknown) => new Slot(read)
const ofPerson = (name: 'id' | 'organisationId' | 'previousSignInAt') => slot(({ person }) => person[name])

/**
 * Everybody who is alike to this person, as a statement sees them that is built once for all of them
 * (`platform/db/kept.ts`): what is another for each of them, or at another moment, is a slot, and what none of their
 * statements may hang on cannot be read. Who is alike has the same `likeness`, and the same choices of the firm.
 */
export function alike({ services, tenant, policy, choices, em, person }: PersonContext): PersonContext {
  const { kind, role, organisationId, previousSignInAt } = person
  const facts = {
    services,
    tenant,
    policy,
    choices,
    em,
    at: slot(({ at }) => at),
    ago: (duration: string) => slot((context) => context.ago(duration)),
    from: (duration: string | Temporal.Duration) => slot((context) => context.from(duration)),
    person: only({
      kind,
      role,
      id: ofPerson('id'),
      organisationId: organisationId === null ? null : ofPerson('organisationId'),
      previousSignInAt: previousSignInAt === null ? null : ofPerson('previousSignInAt'),
    }),
  }
  return only(facts) as unknown as PersonContext // a slot stands where a value goes, and can be used for nothing else
}

/** What a statement can hang on beside the firm's choices. */
export const likeness = ({ person: { kind, role, organisationId, previousSignInAt } }: PersonContext): string =>
  JSON.stringify([kind, role, organisationId !== null, previousSignInAt !== null])
