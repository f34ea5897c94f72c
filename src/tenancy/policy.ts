import { z } from 'zod'
import { version as release } from '../platform/config/version.ts'
import { digest } from '../platform/crypto/encryption.ts'
import { languages } from '../platform/i18n/texts.ts'
import { duration } from './durations.ts'
import type { Fragment } from './fragment.ts'
import type { Module } from './manifest.ts'
import { grantable } from './permission.ts'
import { inWords } from './policy-words.ts'
import { switches } from './switches.ts'
import {
  factorChoice,
  factorKinds,
  offeredByDefault,
  type FactorChoice,
  type FactorKinds,
  type FactorName,
} from './factors.ts'
import {
  placed,
  stepKinds,
  withParts,
  writtenFlows,
  writtenSteps,
  type PlacedStep,
  type StepKinds,
  type Written,
  type WrittenFlow,
} from './steps.ts'

/**
 * What a firm may decide, with its default and its floor: here what more than one module reads; what is a module's own
 * stands in its fragment. `tenants/<slug>/tenant.json` is checked against all of it on start, and the JSON Schema for
 * editors is generated from it.
 */

export type { FactorName } from './factors.ts'
export type { FlowName, PlacedStep, WrittenFlow } from './steps.ts'
export type { Language } from '../platform/i18n/texts.ts'

const words = z.strictObject({ nl: z.string().min(1), en: z.string().min(1) })
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as "#0b5f5a"')

const look = z.strictObject({
  brand: colour,
  headerColour: colour.optional(),
  accent: colour.optional(),
  header: z.enum(['bar', 'band', 'plain', 'side']).default('bar'),
  radius: z.enum(['none', 'small', 'round']).default('small'),
  type: z.enum(['humanist', 'serif', 'classic', 'grotesque', 'rounded']).default('humanist'),
  tone: z.enum(['white', 'warm', 'cool', 'tinted']).default('white'),
  entry: z.enum(['card', 'split', 'plain']).default('card'),
  logo: z
    .string()
    .regex(/^[a-z0-9.-]+\.(svg|png)$/, "must be the name of a file in the firm's static folder")
    .optional(),
})
export type Look = z.infer<typeof look>

const role = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must begin with a lower case letter and hold letters and digits only'),
  label: words,
  may: z.array(z.string()).default([]),
})

/** The flows of a firm, of the steps there are: those come with the modules. */
const flowsOf = (step: z.ZodType<Written>) =>
  z.strictObject({ activation: z.array(step).min(2), strengthen: z.array(step).default([]) })

/** The second step when signing in, of the factors there are: those come with the modules. */
const secondFactorOf = (factor: FactorChoice, byDefault: FactorName[]) =>
  z
    .strictObject({
      of: z.array(factor).min(1).default(byDefault).describe('offered when signing in, in this order'),
      when: z
        .enum(['always', 'ifEnrolled'])
        .default('always')
        .describe('always: also asked of accounts that were there before, from existing.from on'),
      trustedComputer: duration('P1D', 'P30D')
        .nullable()
        .default(null)
        .describe('how long a trusted computer skips the second step; null: never'),
    })
    .prefault({})

const shape = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(2).max(60).describe("the firm's name on pages and in mails"),
  domain: z
    .string()
    .regex(/^[a-z0-9.-]+\.[a-z]{2,}$/, 'must be a host name such as "portal.firm.example"')
    .optional()
    .describe('an own host name beside the one on the installation'),
  languages: z
    .array(z.enum(languages))
    .min(1)
    .default(['nl', 'en'])
    .describe('the first is the one a new visitor sees'),
  zone: z
    .string()
    .default('Europe/Amsterdam')
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone), 'is not a known time zone'),
  contact: z.strictObject({ mail: z.email(), phone: z.string().min(3), hours: words.optional() }),
  look,
  signIn: z
    .strictObject({
      identifier: z
        .enum(['email', 'username', 'both'])
        .default('email')
        .describe(
          'what one signs in with: e-mail address, user name, or either of them; with "username" and "both" everybody has a user name',
        ),
      layout: z.enum(['onePage', 'identifierFirst']).default('onePage'),
      passkey: z
        .boolean()
        .default(false)
        .describe('a passkey alone signs in, without name and password; needs "passkey" in secondFactor.of'),
    })
    .prefault({}),
  secondFactor: secondFactorOf(z.string(), []),
  existing: z
    .strictObject({
      from: z.iso
        .date()
        .optional()
        .describe(
          'the day from which accounts that are already there are asked for what they lack; default: the day these choices were published',
        ),
      grace: duration('P0D', 'P180D').default('P14D').describe('after that day "later" still works for this long'),
      mail: z
        .boolean()
        .default(false)
        .describe(
          'on that day everybody who lacks something is told by mail, and who was invited before that day gets the invitation',
        ),
    })
    .prefault({}),
  password: z
    .strictObject({
      minimum: z
        .int()
        .min(8)
        .max(64)
        .optional()
        .describe('default 12 with an obligatory second factor, 15 without; floor 8 with, 15 without'),
      maximum: z.int().min(64).max(128).default(128),
      oneOf: z
        .string()
        .min(1)
        .nullable()
        .default(null)
        .describe('a special character that must occur; current guidelines advise against it'),
      refuse: z.array(z.enum(['common', 'breached', 'context'])).default(['common', 'breached', 'context']),
      buttonTells: z.boolean().default(false).describe('the words on the button say whether saving is possible yet'),
    })
    .prefault({}),
  codes: z
    .strictObject({
      lifetime: duration('PT5M', 'PT10M').default('PT10M'),
      tries: z.int().min(3).max(10).default(5),
      resendAfter: duration('PT60S', 'PT5M').default('PT60S'),
      perHour: z.int().min(2).max(5).default(5),
      perDay: z.int().min(3).max(10).default(10),
    })
    .prefault({}),
  links: z
    .strictObject({
      activation: duration('PT1H', 'P14D').default('PT72H'),
      temporaryPassword: duration('PT1H', 'PT24H').default('PT24H'),
      reset: duration('PT10M', 'PT24H').default('PT30M').describe('for choosing a new password'),
      released: duration('PT1H', 'PT24H').default('PT24H').describe('the same, once two people of the firm said yes'),
    })
    .prefault({}),
  recovery: z
    .strictObject({
      also: z
        .enum(['currentFactor', 'oldPhoneOrDelay'])
        .default('currentFactor')
        .describe(
          'what the mailed link needs beside it: a factor the person has, or else two people of the firm; with oldPhoneOrDelay a wait will do as well',
        ),
      delay: duration('PT12H', 'P7D')
        .default('PT24H')
        .describe('how long that wait is, with notices and a way to stop it'),
      question: z
        .boolean()
        .default(false)
        .describe('ask the secret question too, of who has one: a hurdle more, never instead of a factor'),
      phone: z.boolean().default(false).describe('the mobile number is set again together with the password'),
    })
    .prefault({}),
  sms: z
    .strictObject({
      countries: z
        .array(z.string().regex(/^[A-Z]{2}$/, 'must be a country such as "NL" (ISO 3166-1)'))
        .min(1)
        .default(['NL', 'BE', 'DE', 'LU', 'FR', 'GB', 'IE', 'AT', 'CH', 'ES', 'PT', 'IT', 'DK', 'SE', 'NO', 'FI', 'PL'])
        .describe('codes go to mobile numbers of these countries only'),
      perHour: z
        .int()
        .min(10)
        .max(10_000)
        .default(200)
        .describe('the most SMS of the firm in an hour, all people together'),
      perDay: z.int().min(20).max(50_000).default(1000),
    })
    .prefault({}),
  waiting: z
    .strictObject({
      freeFailures: z.int().min(3).max(5).default(5),
      first: duration('PT30S', 'PT5M').default('PT30S'),
      most: duration('PT15M', 'PT60M').default('PT15M'),
      everywhere: z
        .int()
        .min(20)
        .max(100)
        .default(100)
        .describe(
          'wrong tries in a row for one name, from all networks together, after which browsers that never signed in to the account wait too',
        ),
    })
    .prefault({}),
  session: z
    .strictObject({
      idle: duration('PT5M', 'PT12H').default('PT30M'),
      most: duration('PT30M', 'PT24H').default('PT12H'),
    })
    .prefault({}),
  roles: z.array(role).default([]),
  onboarding: flowsOf(z.custom<Written>()),
  retention: z
    .strictObject({
      neverActivated: duration('P7D', 'P30D').default('P30D'),
      run: duration('P1D', 'P14D').default('P14D'),
      staged: duration('PT10M', 'PT1H').default('PT1H'),
    })
    .prefault({}),
})

/** What stands in `tenant.json` beside the fragments, complete: every default filled in, every step placed. */
type Common = Omit<z.output<typeof shape>, 'onboarding' | 'password' | '$schema'> & {
  onboarding: Record<WrittenFlow, PlacedStep[]>
  /** What people of the firm have by its flows: "password", "backupCode" … Each kind of step says it of itself. */
  features: readonly string[]
  password: z.output<typeof shape>['password'] & { minimum: number }
  /** Modules the firm switched on or off; one that is not named is on. */
  modules?: Readonly<Record<string, boolean>> | undefined
}

/** A firm's choices. */
export interface Policy extends Common {
  /** A module's own part of them. */
  of<S extends z.ZodType>(fragment: Fragment<S>): z.output<S>
}

/** A mistake in a firm's choices: where it stands and what to change. */
export interface PolicyIssue {
  path: string
  reason: string
}

/** Looks for what each value allows but together makes no sense; each module brings its own. */
export type PolicyCheck = (policy: Policy, kinds: StepKinds, factors: FactorKinds) => PolicyIssue[]

export type PolicyRead = { ok: true; policy: Policy } | { ok: false; issues: PolicyIssue[] }

/** Reads firms' choices, composed of what the modules of this installation let a firm choose. */
export interface PolicyReader {
  /** The factors a firm can list. */
  readonly factors: FactorKinds
  /** From JSON already parsed: the complete policy, or every mistake with its path and reason; never throws on bad input. */
  parse(input: unknown): PolicyRead
  /**
   * A version of the choices as it was published, by this release or an earlier one. What it says nothing of, because
   * those choices came later, is as it is today.
   */
  published(version: object, today: Policy): Policy
  /** The newest version as it was published; what it says nothing of, or says as nobody may any more, is as if the firm were silent. */
  newest(version: object): Policy
  /** Says how choices are read: another release, or other modules, may read the same file otherwise. */
  readonly fingerprint: string
  /** JSON Schema (draft 2020-12) of `tenant.json`, for editors. */
  schema(): object
}

/** A fragment lies in the policy under its key. A plain function of the object: copies of the policy keep it, and JSON leaves it out. */
function of<S extends z.ZodType>(this: unknown, { key }: Fragment<S>): z.output<S> {
  return (this as Record<string, z.output<S>>)[key] as z.output<S>
}

/** Whether nobody gets in without a second step: it is asked of everybody, and no step lets it wait. */
export const alwaysSecondStep = (
  { secondFactor, onboarding }: Pick<Policy, 'secondFactor' | 'onboarding'>,
  kinds: StepKinds,
): boolean => secondFactor.when === 'always' && !onboarding.activation.some((step) => kinds.of(step).mayWait?.(step))

/** What people of a firm have by its flows. */
const featuresOf = (onboarding: Policy['onboarding'], kinds: StepKinds): string[] => {
  const steps = writtenFlows.flatMap((flow) => withParts(kinds, onboarding[flow]))
  return [...new Set(steps.flatMap((step) => kinds.of(step).features ?? []))].sort()
}

function complete(written: z.output<typeof shape>, kinds: StepKinds): Policy {
  const { $schema: _, ...chosen } = written
  const { activation, strengthen } = chosen.onboarding
  const onboarding = { activation: placed(activation), strengthen: placed(strengthen) }
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

/** Composes it. @throws Error when two fragments have one key */
export function policyOf(all: readonly Module[]): PolicyReader {
  const fragments = all.flatMap(({ policy = [] }) => policy)
  const taken = fragments.find(
    ({ key }, at) => key in shape.shape || fragments.findIndex((each) => each.key === key) < at,
  )
  if (taken) throw new Error(`Two say what "${taken.key}" means in tenant.json; call one of them something else`)
  const own = fragments.map((each) => [each.key, each.schema(all), each] as const)
  const may = grantable(all.flatMap(({ permissions = [] }) => permissions))
  const roles = z.array(role.extend({ may: z.array(z.enum(may)).default([]) })).default([])
  const kinds = stepKinds(all.flatMap(({ steps = [] }) => steps))
  const factors = factorKinds(all.flatMap((module) => module.factors ?? []))
  const factor = factorChoice(factors)
  const onboarding = flowsOf(writtenSteps(kinds.all, factor))
  const whole = shape.extend({
    ...Object.fromEntries(own.map(([key, schema]) => [key, schema])),
    secondFactor: secondFactorOf(factor, offeredByDefault(factors)),
    onboarding,
    roles,
    modules: switches(all),
  })
  const checks = [
    ...all.flatMap((module) => module.policyChecks ?? []),
    ...factors.all.flatMap(({ policyCheck }) => policyCheck ?? []),
  ]
  const isFragment = (key: string) => own.some(([each]) => each === key)
  return {
    factors,
    parse(input) {
      const read = whole.safeParse(input, { error: inWords })
      if (!read.success) return { ok: false, issues: read.error.issues.map(issueOf) }
      const policy = complete(read.data, kinds)
      const issues = checks.flatMap((check) => check(policy, kinds, factors))
      return issues.length ? { ok: false, issues } : { ok: true, policy }
    },
    published(version, today) {
      const known = own.map(([key, schema, each]) => {
        if (!(key in version) && 'before' in each) return [key, each.before] as const
        const read = schema.safeParse((version as Record<string, unknown>)[key])
        return [key, key in version && read.success ? read.data : today.of(each)] as const
      })
      return { ...today, ...version, ...Object.fromEntries(known) }
    },
    newest(version) {
      const said = version as Partial<Record<string, unknown>>
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
    },
    schema: () => z.toJSONSchema(whole, { io: 'input' }),
    get fingerprint() {
      return digest(JSON.stringify([release, this.schema()]))
    },
  }
}
