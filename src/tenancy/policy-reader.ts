import { z } from 'zod'
import { version as release } from '../platform/config/version.ts'
import { digest } from '../platform/crypto/encryption.ts'
import { inNamesOfToday, inOneOrder, type Known } from './former-names.ts'
import type { Fragment } from './fragment.ts'
import type { Given, Module } from './manifest.ts'
import { grantable } from './permission.ts'
import { alwaysSecondStep, type Policy, type PolicyIssue, type PolicyReader } from './policy.ts'
import { flowsOf, role, secondFactorOf, shape } from './policy-shape.ts'
import { inWords } from './policy-words.ts'
import { switches } from './switches.ts'
import { factorChoice, offeredByDefault, type FactorKinds } from './factors.ts'
import { placed, withParts, writtenFlows, writtenSteps, type StepKinds } from './steps.ts'

/**
 * A fragment lies in the policy under its key. A plain function of the object: copies of the policy keep it, and JSON
 * leaves it out.
 */
function of<S extends z.ZodType>(this: unknown, { key }: Fragment<S>): z.output<S> {
  return (this as Record<string, z.output<S>>)[key] as z.output<S>
}

/** What people of a firm have by its flows. */
const featuresOf = (onboarding: Policy['onboarding'], kinds: StepKinds): string[] => {
  const steps = writtenFlows.flatMap((flow) => withParts(kinds, onboarding[flow]))
  return [...new Set(steps.flatMap((step) => kinds.of(step).features ?? []))].sort()
}

function complete(written: z.output<typeof shape>, kinds: StepKinds): Policy {
  const { $schema: _, ...chosen } = written
  const { activation, strengthen } = chosen.onboarding
  const onboarding = { activation: placed(activation, kinds), strengthen: placed(strengthen, kinds) }
  const strong = alwaysSecondStep({ ...chosen, onboarding }, kinds)
  return {
    ...chosen,
    password: { ...chosen.password, minimum: chosen.password.minimum ?? (strong ? 12 : 15) },
    onboarding,
    features: featuresOf(onboarding, kinds),
    of,
  }
}

const issueOf = ({ path, message }: z.core.$ZodIssue): PolicyIssue => ({
  path: path.join('.') || '(the whole file)',
  reason: message,
})

/** A fragment with its key and its schema at this installation. */
type Own = readonly (readonly [key: string, schema: z.ZodType, fragment: Fragment])[]

/** @throws Error when two fragments have one key */
function fragmentsOf(all: readonly Module[]): Own {
  const fragments = all.flatMap(({ policy = [] }) => policy)
  const taken = fragments.find(
    ({ key }, at) => key in shape.shape || fragments.findIndex((each) => each.key === key) < at,
  )
  if (taken) throw new Error(`Two say what "${taken.key}" means in tenant.json; call one of them something else`)
  return fragments.map((each) => [each.key, each.schema(all), each] as const)
}

/** All a firm may write down at this installation. */
function wholeOf(all: readonly Module[], own: Own, kinds: StepKinds, factors: FactorKinds) {
  const may = grantable(all.flatMap(({ permissions = [] }) => permissions))
  const factor = factorChoice(factors)
  return shape.extend({
    ...Object.fromEntries(own.map(([key, schema]) => [key, schema])),
    secondFactor: secondFactorOf(factor, offeredByDefault(factors)),
    onboarding: flowsOf(writtenSteps(kinds.all, factor)),
    roles: z.array(role.extend({ may: z.array(z.enum(may)).default([]) })).default([]),
    modules: switches(all),
  })
}
type Whole = ReturnType<typeof wholeOf>

/** A version as it was published, by the schemas of today; what it says nothing of is as it is today. */
const publishedBy =
  (own: Own): PolicyReader['published'] =>
  (version, today) => {
    const known = own.map(([key, schema, each]) => {
      if (!(key in version) && 'before' in each) return [key, each.before] as const
      const read = schema.safeParse((version as Record<string, unknown>)[key])
      return [key, key in version && read.success ? read.data : today.of(each)] as const
    })
    return { ...today, ...version, ...Object.fromEntries(known) }
  }

/** The newest version; what it says as nobody may any more is as if the firm were silent. */
const newestBy =
  (whole: Whole, own: Own, kinds: StepKinds): PolicyReader['newest'] =>
  (version) => {
    const said = version as Partial<Record<string, unknown>>
    const isFragment = (key: string) => own.some(([each]) => each === key)
    const known = Object.entries(whole.shape).flatMap(([key, schema]) => {
      // Its steps have their places already, which no firm writes down.
      if (key === 'onboarding') return []
      const read = schema.safeParse(said[key])
      const silent = () => schema.safeParse(undefined).data
      const value = read.success ? read.data : isFragment(key) ? silent() : said[key]
      return value === undefined ? [] : [[key, value] as const]
    })
    const policy = { ...version, ...Object.fromEntries(known), of } as Policy
    return { ...policy, features: policy.features ?? featuresOf(policy.onboarding, kinds) }
  }

/** Composes it of what the modules bring. @throws Error when two fragments have one key */
export function policyOf(all: readonly Module[], { steps: kinds, factors }: Given): PolicyReader {
  const own = fragmentsOf(all)
  const whole = wholeOf(all, own, kinds, factors)
  const checks = [
    ...all.flatMap((module) => module.policyChecks ?? []),
    ...factors.all.flatMap(({ policyCheck }) => policyCheck ?? []),
  ]
  const known: Known = {
    steps: kinds,
    factors,
    lists: new Map(own.flatMap(([key, , { names }]) => (names ? [[key, names(all)] as const] : []))),
  }
  const renamed = <T>(choices: T) => inNamesOfToday(choices, known)
  const published = publishedBy(own)
  const newest = newestBy(whole, own, kinds)
  return {
    factors,
    parse(input) {
      const today = renamed(input)
      const read = whole.safeParse(today.choices, { error: inWords })
      if (!read.success) return { ok: false, issues: read.error.issues.map(issueOf) }
      const policy = complete(inOneOrder(read.data, known), kinds)
      const issues = checks.flatMap((check) => check(policy, kinds, factors))
      return issues.length ? { ok: false, issues } : { ok: true, policy, renamed: today.renamed }
    },
    published: (version, today) => published(renamed(version).choices, today),
    newest: (version) => newest(renamed(version).choices),
    renamed: (version) => inOneOrder(renamed(version).choices, known),
    schema: () => z.toJSONSchema(whole, { io: 'input' }),
    get fingerprint() {
      return digest(JSON.stringify([release, this.schema()]))
    },
  }
}
