import type { Policy, PolicyCheck } from '../../tenancy/policy.ts'
import { withParts, writtenFlows, type PlacedStep, type WrittenFlow } from '../../tenancy/steps.ts'

/** Every flow the firm wrote down, with its name. */
const flowsOf = ({ onboarding }: Policy): [WrittenFlow, PlacedStep[]][] =>
  writtenFlows.map((flow) => [flow, onboarding[flow]])

const uniqueSteps: PolicyCheck = (policy) =>
  flowsOf(policy).flatMap(([flow, steps]) =>
    steps.flatMap((step, at) =>
      steps.findIndex((other) => other.id === step.id) < at
        ? [
            {
              path: `onboarding.${flow}.${at}`,
              reason: `there are two steps "${step.id}"; give one of them an "id" of its own`,
            },
          ]
        : [],
    ),
  )

const endsDone: PolicyCheck = (policy, kinds) =>
  flowsOf(policy).flatMap(([flow, steps]) => {
    const ends = steps.filter((step) => kinds.of(step).end)
    return steps.length && (ends.length !== 1 || ends[0] !== steps.at(-1))
      ? [{ path: `onboarding.${flow}`, reason: 'the last step, and only the last, must be "done"' }]
      : []
  })

const getsPassword: PolicyCheck = (policy, kinds) =>
  withParts(kinds, policy.onboarding.activation).some((step) => kinds.of(step).features?.includes('password'))
    ? []
    : [
        {
          path: 'onboarding.activation',
          reason: 'no step lets the person choose a password; add { "step": "password" }',
        },
      ]

/** What every step says of the place where it stands. */
const stepsFit: PolicyCheck = (policy, kinds, factors) =>
  flowsOf(policy).flatMap(([flow, steps]) =>
    steps.flatMap(
      (step, at) =>
        kinds.of(step).check?.(step, {
          policy,
          flow,
          kinds,
          factors,
          path: `onboarding.${flow}.${at}`,
          before: withParts(kinds, steps.slice(0, at)),
          after: withParts(kinds, steps.slice(at + 1)),
        }) ?? [],
    ),
  )

const chosenIsOffered: PolicyCheck = (policy, kinds) =>
  flowsOf(policy).flatMap(([flow, steps]) => {
    const offered = steps.flatMap((step) => kinds.of(step).choice?.(step) ?? [])
    return steps.flatMap((step, at) =>
      step.chosen && !offered.includes(step.chosen)
        ? [
            {
              path: `onboarding.${flow}.${at}.chosen`,
              reason: `"${step.chosen}" is not among the choices of a "chooseFactor" step`,
            },
          ]
        : [],
    )
  })

/** An onboarding that nobody could finish, or that leaves somebody without a password. */
export const onboardingChecks: PolicyCheck[] = [uniqueSteps, endsDone, getsPassword, stepsFit, chosenIsOffered]
