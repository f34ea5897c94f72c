import type { PlacedStep, Policy, PolicyIssue, StepName, Track } from './policy.ts'

type Finding = (policy: Policy) => PolicyIssue[]

const all = (steps: PlacedStep[]): PlacedStep[] =>
  steps.flatMap((step) => (step.step === 'together' ? [step, ...(step.of as PlacedStep[])] : [step]))
const find = (policy: Policy, name: StepName) => all(policy.onboarding.activation).find((step) => step.step === name)
const before = (steps: PlacedStep[], first: StepName, then: StepName) => {
  const names = all(steps).map((step) => step.step)
  return names.includes(first) && names.indexOf(first) < names.indexOf(then)
}

const uniqueSteps: Finding = (policy) =>
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

const endsDone: Finding = (policy) =>
  (Object.entries(policy.onboarding) as [Track, PlacedStep[]][]).flatMap(([track, steps]) =>
    steps.length && (steps.at(-1)?.step !== 'done' || steps.filter((step) => step.step === 'done').length > 1)
      ? [{ path: `onboarding.${track}`, reason: 'the last step, and only the last, must be "done"' }]
      : [],
  )

const getsPassword: Finding = (policy) =>
  find(policy, 'password')
    ? []
    : [
        {
          path: 'onboarding.activation',
          reason: 'no step lets the person choose a password; add { "step": "password" }',
        },
      ]

const credentialsAreUsed: Finding = (policy) => {
  const steps = policy.onboarding.activation
  if (!find(policy, 'credentials')) return []
  return all(steps).some((step) => step.step === 'signIn' && step.with === 'temporary') &&
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

const questionAfterPassword: Finding = (policy) => {
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

const chosenIsOffered: Finding = (policy) =>
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

const factorsAreAllowed: Finding = (policy) =>
  (Object.entries(policy.onboarding) as [Track, PlacedStep[]][]).flatMap(([track, steps]) =>
    steps.flatMap((step, at) =>
      step.step === 'chooseFactor' && step.of.some((factor) => !policy.secondFactor.of.includes(factor))
        ? [
            {
              path: `onboarding.${track}.${at}.of`,
              reason: 'offers a factor that secondFactor.of does not list, so nobody could sign in with it',
            },
          ]
        : [],
    ),
  )

/** The kind of step that sets a factor up; a mailed code needs none. */
const setUpBy: Record<Policy['secondFactor']['of'][number], StepName | null> = {
  passkey: 'passkey',
  authenticator: 'authenticator',
  approval: 'approval',
  sms: 'phone',
  mail: null,
}

const secondFactorIsReachable: Finding = (policy) => {
  if (policy.secondFactor.when !== 'always' || policy.secondFactor.of.includes('mail')) return []
  const gives = all(policy.onboarding.activation).some(
    (step) =>
      !('optional' in step && step.optional) && policy.secondFactor.of.some((factor) => setUpBy[factor] === step.step),
  )
  return gives
    ? []
    : [
        {
          path: 'secondFactor.when',
          reason:
            'is "always", but no obligatory step of the activation sets up one of secondFactor.of; add "passkey", "authenticator", "approval" or "phone", or offer "mail"',
        },
      ]
}

const longWithoutFactor: Finding = (policy) =>
  (policy.secondFactor.when === 'always' &&
    !policy.onboarding.activation.some((step) => step.step === 'intro' && step.later)) ||
  policy.password.minimum >= 15
    ? []
    : [
        {
          path: 'password.minimum',
          reason: `is ${policy.password.minimum}, but without an obligatory second factor a password needs at least 15 characters`,
        },
      ]

const rolesExist: Finding = (policy) =>
  policy.invitation.rolesRequired && !policy.roles.length
    ? [{ path: 'invitation.rolesRequired', reason: 'asks for a role, but "roles" is empty' }]
    : []

const recoveryHoldsTogether: Finding = ({ recovery, secondFactor, onboarding }) => [
  ...(recovery.also === 'oldPhoneOrDelay' && !recovery.phone
    ? [
        {
          path: 'recovery.also',
          reason: 'is "oldPhoneOrDelay", but no number is set again; add "phone": true, or choose "currentFactor"',
        },
      ]
    : []),
  ...(recovery.phone && !secondFactor.of.includes('sms')
    ? [
        {
          path: 'recovery.phone',
          reason: 'sets a mobile number that nobody signs in with; offer "sms" in secondFactor.of, or leave it out',
        },
      ]
    : []),
  ...(recovery.question &&
  !Object.values(onboarding)
    .flatMap(all)
    .some((step) => step.step === 'secretQuestion')
    ? [
        {
          path: 'recovery.question',
          reason:
            'asks a question that nobody chooses; add { "step": "secretQuestion" } to the onboarding, or leave it out',
        },
      ]
    : []),
]

const passkeysHaveABackup: Finding = ({ signIn, secondFactor: { of }, onboarding }) => [
  ...(signIn.passkey && !of.includes('passkey')
    ? [
        {
          path: 'signIn.passkey',
          reason: 'is true, but secondFactor.of does not list "passkey", so nobody could set one up',
        },
      ]
    : []),
  ...(of.includes('passkey') &&
  of.length === 1 &&
  !Object.values(onboarding)
    .flatMap(all)
    .some((step) => step.step === 'backupCode')
    ? [
        {
          path: 'secondFactor.of',
          reason:
            'has only "passkey", and a lost device would lock people out; offer another factor beside it, or add { "step": "backupCode" }',
        },
      ]
    : []),
]

const checks: Finding[] = [
  uniqueSteps,
  endsDone,
  getsPassword,
  credentialsAreUsed,
  questionAfterPassword,
  chosenIsOffered,
  factorsAreAllowed,
  secondFactorIsReachable,
  longWithoutFactor,
  rolesExist,
  recoveryHoldsTogether,
  passkeysHaveABackup,
]

/** What each value allows but together makes no sense: an onboarding nobody could finish, a factor nobody could use. */
export const contradictions: Finding = (policy) => checks.flatMap((check) => check(policy))
