import type { Person } from '../../tenancy/context.ts'
import { choicesFor } from '../../tenancy/own-people.ts'
import { defineRequirement } from '../../tenancy/requirement.ts'
import { factorFacts, factorOf, isEnrolled, type FactorFacts } from '../factors/index.ts'

/** A second step that the firm takes; of its own people one that is no mailed code, whatever it asks of others. */
export const secondFactorRequirement = defineRequirement<FactorFacts>({
  name: 'secondFactor',
  words: 'onboarding.stricter.secondFactor',
  fact: (account, services) => factorFacts({ services }, account),
  bare: { ownPeople: false, has: [], spent: [] },
  lacks(policy, has, { modules }) {
    const { when, of } = choicesFor(modules, policy, has.ownPeople).secondFactor
    return when === 'always' && !of.some((name) => isEnrolled(factorOf({ services: { modules } }, name), has))
  },
  choices: (policy, has, { modules }) => choicesFor(modules, policy, has.ownPeople),
  steps: 'written',
})

/** Which factors who is here has, as authorization found them when the request came. */
export const factorsHere = ({ person }: { person: Pick<Person, 'requirementFacts'> }): FactorFacts =>
  person.requirementFacts[secondFactorRequirement.name] as FactorFacts
