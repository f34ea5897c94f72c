import type { z } from 'zod'
import type { Services } from '../../tenancy/services.ts'
import type { StepKinds } from '../../tenancy/steps.ts'
import type { Step } from './step.ts'

/** Every kind of step, as the engine knows them. */
export type Kinds = StepKinds<Step>

/** The kinds of steps that the modules bring. Tenancy hands them down knowing less of them; modules make them with `defineStep` only. */
export const kindsOf = ({ modules }: { modules: Pick<Services['modules'], 'steps'> }): Kinds => modules.steps as Kinds

/** Every field any step may send; anything else in a form is refused. */
export const fieldsOf = (steps: StepKinds): Record<string, z.ZodType> =>
  Object.assign({}, ...kindsOf({ modules: { steps } }).all.map(({ fields }) => fields)) as Record<string, z.ZodType>

/** The key of what a step is called where others read where somebody is. */
export const stepWords = (services: Pick<Services, 'modules'>, name: string): string =>
  kindsOf(services).of(name).words ?? `staff.step.${name}`
