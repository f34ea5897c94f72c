import type { z } from 'zod'
import type { Services } from '../../tenancy/services.ts'
import type { PlacedStep, StepKinds } from '../../tenancy/steps.ts'
import type { Step } from './step.ts'

/** Every kind of step, as the engine knows them. */
export interface Kinds {
  readonly all: readonly Step[]
  /** @throws Error for a kind nobody made */
  of(step: PlacedStep | string): Step
  /** By its name, or one it had before; nothing for a kind nobody made. */
  find(name: string): Step | undefined
}

/** The kinds of steps that the modules bring. Tenancy hands them down knowing less of them; modules make them with `defineStep` only. */
export const kindsOf = ({ modules }: { modules: Pick<Services['modules'], 'steps'> }): Kinds => modules.steps as Kinds

/** Every field any step may send; anything else in a form is refused. */
export const fieldsOf = (steps: StepKinds): Record<string, z.ZodType> =>
  Object.assign({}, ...kindsOf({ modules: { steps } }).all.map(({ fields }) => fields)) as Record<string, z.ZodType>

/** The key of what a step is called where others read where somebody is. */
export const stepWords = (services: Pick<Services, 'modules'>, name: string): string =>
  kindsOf(services).of(name).words ?? `staff.step.${name}`
