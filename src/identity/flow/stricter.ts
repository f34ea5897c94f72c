import type { PlacedStep, WrittenFlow } from '../../tenancy/policy.ts'
import type { Services } from '../../tenancy/services.ts'
import { apart, placeOf } from '../../tenancy/steps.ts'
import { kindsOf, type Kinds } from './kinds.ts'
import { everything } from './position.ts'

type Flows = Record<WrittenFlow, PlacedStep[]>

/** The steps about a requirement as the firm wrote them down, wherever it did so; of its flows the first by which one gets there. */
function written(kinds: Kinds, flows: Flows, requirement: string): PlacedStep[] {
  const about = [flows.activation, flows.strengthen].map((steps) =>
    apart(kinds, steps).filter((step) => kinds.of(step).about === requirement && !kinds.of(step).putsOff),
  )
  return about.find((steps) => steps.some((step) => !step.optional && gets(kinds, step))) ?? []
}

/** Whether the step brings what is missing: a choice leads on to those that do, and a backup code is none of them. */
const gets = (kinds: Kinds, step: PlacedStep): boolean => {
  const kind = kinds.of(step)
  return Boolean(kind.setsUp ?? kind.choice)
}

/**
 * The steps of somebody who was there before the rules became stricter: why, then only what is missing. Derived from the
 * firm's choices, so that no firm has to write it down. `asked` is what was missing when it began: a step that is done
 * does not take those after it away.
 */
export function stricterSteps(services: Pick<Services, 'modules'>, flows: Flows, asked: string[]): PlacedStep[] {
  const kinds = kindsOf(services)
  const why = kinds.all.find((kind) => kind.putsOff === everything)
  const end = kinds.all.find((kind) => kind.end)
  const missing = services.modules.requirements.filter(({ name }) => asked.includes(name))
  return [
    ...(why ? [{ step: why.name, id: why.name }] : []),
    ...missing.flatMap(({ name, steps }) =>
      steps === 'written'
        ? written(kinds, flows, name)
        : steps.map(({ step, ...said }) => placeOf(kinds.of(step), said)),
    ),
    ...(end ? [placeOf(end)] : []),
  ]
}
