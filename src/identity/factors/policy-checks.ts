import type { PlacedStep, Policy, PolicyCheck, StepName, Track } from '../../tenancy/policy.ts'
import { withParts } from '../../tenancy/step-config.ts'

const factorsAreAllowed: PolicyCheck = (policy) =>
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

const secondFactorIsReachable: PolicyCheck = (policy) => {
  if (policy.secondFactor.when !== 'always' || policy.secondFactor.of.includes('mail')) return []
  const gives = withParts(policy.onboarding.activation).some(
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

const longWithoutFactor: PolicyCheck = (policy) =>
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

const passkeysHaveABackup: PolicyCheck = ({ signIn, secondFactor: { of }, onboarding }) => [
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
    .flatMap(withParts)
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

/** A factor that nobody could use, or whose loss locks people out. */
export const factorChecks: PolicyCheck[] = [
  factorsAreAllowed,
  secondFactorIsReachable,
  longWithoutFactor,
  passkeysHaveABackup,
]
