import { offeredFactors, type FactorKind } from '../../tenancy/factors.ts'
import { alwaysSecondStep, type Policy, type PolicyCheck } from '../../tenancy/policy.ts'
import { withParts, writtenFlows, type PlacedStep, type WrittenFlow } from '../../tenancy/steps.ts'

const flowsOf = ({ onboarding }: Policy): [WrittenFlow, PlacedStep[]][] =>
  writtenFlows.map((flow) => [flow, onboarding[flow]])

const factorsAreAllowed: PolicyCheck = (policy, kinds) =>
  flowsOf(policy).flatMap(([flow, steps]) =>
    steps.flatMap((step, at) =>
      (kinds.of(step).choice?.(step) ?? []).some((factor) => !policy.secondFactor.of.some((name) => name === factor))
        ? [
            {
              path: `onboarding.${flow}.${at}.of`,
              reason: 'offers a factor that secondFactor.of does not list, so nobody could sign in with it',
            },
          ]
        : [],
    ),
  )

const quoted = (names: string[]) => names.map((name) => `"${name}"`)

const secondFactorIsReachable: PolicyCheck = (policy, kinds, factors) => {
  const isGiven = ({ kind }: FactorKind) => kind === 'given'
  if (policy.secondFactor.when !== 'always' || offeredFactors(factors, policy).some(isGiven)) return []
  const gives = withParts(kinds, policy.onboarding.activation).some((step) => {
    const factor = kinds.of(step).setsUp?.(step)
    return !step.optional && policy.secondFactor.of.some((name) => name === factor)
  })
  const steps = quoted(kinds.all.filter((kind) => kind.setsUp).map(({ name }) => name))
  const given = quoted(factors.all.filter(isGiven).map(({ name }) => name))
  return gives
    ? []
    : [
        {
          path: 'secondFactor.when',
          reason: `is "always", but no obligatory step of the activation sets up one of secondFactor.of; add ${steps.join(', ')}, or offer ${given.join(', ')}`,
        },
      ]
}

const longWithoutFactor: PolicyCheck = (policy, kinds) =>
  alwaysSecondStep(policy, kinds) || policy.password.minimum >= 15
    ? []
    : [
        {
          path: 'password.minimum',
          reason: `is ${policy.password.minimum}, but without an obligatory second factor a password needs at least 15 characters`,
        },
      ]

/** A factor that nobody could use, or whose loss locks people out. */
export const factorChecks: PolicyCheck[] = [factorsAreAllowed, secondFactorIsReachable, longWithoutFactor]
