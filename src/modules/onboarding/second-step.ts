import { isOwnPeople } from '../../tenancy/person.ts'
import { flowsFor } from '../../tenancy/own-people.ts'
import type { FactorName, FlowName, Policy, WrittenFlow } from '../../tenancy/policy.ts'
import { apart } from '../../tenancy/steps.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { factorOf, isEnrolled, type FactorFacts } from '../../identity/factors/index.ts'
import type { OpenFlow } from '../../identity/flow/index.ts'
import { factorsHere, type RequirementFacts } from '../../identity/requirements/index.ts'

/**
 * What somebody has of a second step, and the flow they have not finished, with the moment they began it (as a text).
 */
export interface SecondStep {
  factors: FactorFacts
  open: FlowName | null
  openedAt: string | null
  requirementFacts: RequirementFacts
}

/** How who is here stands, with the flow they have not finished. */
export const secondStepHere = ({ person }: PersonContext, flow: OpenFlow | null): SecondStep => ({
  factors: factorsHere({ person }),
  requirementFacts: person.requirementFacts,
  open: flow?.open ?? null,
  openedAt: flow?.openedAt ?? null,
})

/** Who is asked, as far as their flows go. */
type Asked = Pick<PersonContext, 'choices' | 'services' | 'person'>

/** The factors a flow sets up. */
function gives({ choices, services, person }: Asked, flow: WrittenFlow): FactorName[] {
  const { steps } = services.modules
  return apart(steps, flowsFor(services.modules, choices, isOwnPeople(person))[flow]).flatMap(
    (step) => steps.of(step).setsUp?.(step) ?? [],
  )
}

/**
 * Whether there is a flow that makes the sign-in stronger: the firm's own for it, or the activation when the
 * second step was put off there.
 */
export function strengthening(policy: Policy, { open }: SecondStep): WrittenFlow | null {
  return policy.onboarding.strengthen.length ? 'strengthen' : open === 'activation' ? 'activation' : null
}

/** Whether somebody has none of the factors that flow would set up. */
export function lacksFactor(context: Asked, has: SecondStep): boolean {
  const { choices } = context
  const flow = strengthening(choices, has)
  const offered = flow
    ? gives(context, flow).filter((name) => choices.secondFactor.of.some((each) => each === name))
    : []
  return offered.length > 0 && !offered.some((name) => isEnrolled(factorOf(context, name), has.factors))
}
