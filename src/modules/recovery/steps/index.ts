import type { Kinds } from '../../../identity/flow/index.ts'
import type { PlacedStep, Policy } from '../../../tenancy/policy.ts'
import { stepKinds } from '../../../tenancy/steps.ts'
import { factor, factorHere } from './factor/step.ts'
import { numberCode, numberCodeHere } from './number-code/step.ts'
import { password, passwordHere } from './password/step.ts'
import { question, questionHere } from './question/step.ts'
import { together, togetherHere } from './together/step.ts'

/** The steps of a way back in: a new one is a folder, a line here, and its place below. */
export const kinds: Kinds = stepKinds([question, together, numberCode, factor, password])

/** Where they stand, by what the firm chose about recovery. */
export const recoverySteps = ({ recovery }: Policy): PlacedStep[] => [
  ...(recovery.question ? [questionHere] : []),
  ...(recovery.phone ? [togetherHere, numberCodeHere] : []),
  factorHere,
  ...(recovery.phone ? [] : [passwordHere]),
]
