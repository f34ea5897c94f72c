import { withParts, type PlacedStep, type StepName } from '../../tenancy/step-config.ts'
import type { Policy, PolicyCheck, Track } from '../../tenancy/policy.ts'

const find = (policy: Policy, name: StepName) =>
  withParts(policy.onboarding.activation).find((step) => step.step === name)
const before = (steps: PlacedStep[], first: StepName, then: StepName) => {
  const names = withParts(steps).map((step) => step.step)
  return names.includes(first) && names.indexOf(first) < names.indexOf(then)
}

const uniqueSteps: PolicyCheck = (policy) =>
  (Object.entries(policy.onboarding) as [Track, PlacedStep[]][]).flatMap(([track, steps]) =>
    steps.flatMap((step, at) =>
      steps.findIndex((other) => other.id === step.id) < at
        ? [
            {
              path: `onboarding.${track}.${at}`,
              reason: `there are two steps "${step.id}"; give one of them an "id" of its own`,
            },
          ]
        : [],
    ),
  )

const endsDone: PolicyCheck = (policy) =>
  (Object.entries(policy.onboarding) as [Track, PlacedStep[]][]).flatMap(([track, steps]) =>
    steps.length && (steps.at(-1)?.step !== 'done' || steps.filter((step) => step.step === 'done').length > 1)
      ? [{ path: `onboarding.${track}`, reason: 'the last step, and only the last, must be "done"' }]
      : [],
  )

const getsPassword: PolicyCheck = (policy) =>
  find(policy, 'password')
    ? []
    : [
        {
          path: 'onboarding.activation',
          reason: 'no step lets the person choose a password; add { "step": "password" }',
        },
      ]

const credentialsAreUsed: PolicyCheck = (policy) => {
  const steps = policy.onboarding.activation
  if (!find(policy, 'credentials')) return []
  return withParts(steps).some((step) => step.step === 'signIn' && step.with === 'temporary') &&
    before(steps, 'credentials', 'signIn') &&
    before(steps, 'signIn', 'password')
    ? []
    : [
        {
          path: 'onboarding.activation',
          reason:
            'after "credentials" there must be { "step": "signIn", "with": "temporary" } and then "password", or the mailed password has no use',
        },
      ]
}

const questionAfterPassword: PolicyCheck = (policy) => {
  const question = policy.onboarding.activation.find((step) => step.step === 'secretQuestion')
  return !question?.confirmPassword || before(policy.onboarding.activation, 'password', 'secretQuestion')
    ? []
    : [
        {
          path: 'onboarding.activation',
          reason:
            '"secretQuestion" confirms with the password, so "password" must come before it (or set "confirmPassword": false)',
        },
      ]
}

const chosenIsOffered: PolicyCheck = (policy) =>
  (Object.entries(policy.onboarding) as [Track, PlacedStep[]][]).flatMap(([track, steps]) => {
    const offered = steps.flatMap((step) => (step.step === 'chooseFactor' ? step.of : []))
    return steps.flatMap((step, at) =>
      'chosen' in step && step.chosen && !offered.includes(step.chosen)
        ? [
            {
              path: `onboarding.${track}.${at}.chosen`,
              reason: `"${step.chosen}" is not among the choices of a "chooseFactor" step`,
            },
          ]
        : [],
    )
  })

/** An onboarding that nobody could finish, or that leaves somebody without a password. */
export const onboardingChecks: PolicyCheck[] = [
  uniqueSteps,
  endsDone,
  getsPassword,
  credentialsAreUsed,
  questionAfterPassword,
  chosenIsOffered,
]
