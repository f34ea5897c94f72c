import { z } from 'zod'
import { languages } from '../platform/texts.ts'
import { duration } from './durations.ts'
import { contradictions } from './contradictions.ts'

/**
 * Everything a firm may decide, with its default and its floor. This file is the only place that says them;
 * `tenants/<slug>/tenant.json` is checked against it on start, and the JSON Schema for editors is generated from it.
 */

export const factorNames = ['authenticator', 'sms', 'mail', 'backupCode'] as const
/** A way to give the second step when signing in. Each is a folder in `rooms/factors` and a line in its registry. */
export type FactorName = (typeof factorNames)[number]

/** The factors a person can choose by themselves; a backup code only ever stands beside one of these. */
const chosenFactor = z.enum(['authenticator', 'sms', 'mail'])

export type { Language } from '../platform/texts.ts'

const words = z.strictObject({ nl: z.string().min(1), en: z.string().min(1) })
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as "#0b5f5a"')

const named = { id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower case letters, digits and dashes').optional()
  .describe('the address of the step; needed only where one kind of step occurs twice') }
const choosable = { chosen: chosenFactor.optional().describe('only for who chose this factor in chooseFactor') }
const skippable = { optional: z.boolean().default(false).describe('may be skipped') }

const password = z.strictObject({ step: z.literal('password'), ...named,
  current: z.boolean().default(false).describe('ask the present (temporary) password too'),
  repeat: z.boolean().default(true).describe('ask the new password twice') })
const phone = z.strictObject({ step: z.literal('phone'), ...named, ...choosable, ...skippable,
  use: z.enum(['factor', 'recovery']).default('factor').describe('words on the page: for signing in, or for when the app is lost') })
const secretQuestion = z.strictObject({ step: z.literal('secretQuestion'), ...named,
  confirmPassword: z.boolean().default(true).describe('confirm with the password') })
const birthDate = z.strictObject({ step: z.literal('birthDate'), ...named,
  tries: z.int().min(1).max(10).default(5).describe('after this many wrong dates the link dies and staff are told') })

/** One step of an onboarding, as a firm writes it down. */
const stepConfig = z.discriminatedUnion('step', [
  birthDate, password, phone, secretQuestion,
  z.strictObject({ step: z.literal('credentials'), ...named }).describe('mails the user name and a temporary password'),
  z.strictObject({ step: z.literal('signIn'), ...named, with: z.enum(['temporary', 'own']).default('own') }),
  z.strictObject({ step: z.literal('intro'), ...named,
    later: z.boolean().default(false).describe('may be put off as long as the second step is not obligatory') }),
  z.strictObject({ step: z.literal('chooseFactor'), ...named, of: z.array(chosenFactor).min(1) }),
  z.strictObject({ step: z.literal('authenticator'), ...named, ...choosable, ...skippable }),
  z.strictObject({ step: z.literal('backupCode'), ...named,
    confirm: z.boolean().default(false).describe('a checkbox "I have saved the code" that must be ticked'),
    switchesOff: z.boolean().default(false).describe('who signed in with password and backup code may switch the second step off; where it is obligatory, setting it up again follows at once') }),
  z.strictObject({ step: z.literal('together'), ...named, of: z.array(z.discriminatedUnion('step', [password, phone])).min(2) })
    .describe('several on one form, saved together after the last code'),
  z.strictObject({ step: z.literal('done'), ...named, landing: z.enum(['home', 'signIn']).default('home') }),
])
export type StepConfig = z.infer<typeof stepConfig>
export type StepName = StepConfig['step']
export type StepConfigOf<N extends StepName> = Extract<StepConfig, { step: N }>
/** A step with its address filled in: unique in its track. */
export type PlacedStep<N extends StepName = StepName> = StepConfigOf<N> & { id: string }

export const widgetNames = ['activity', 'mine', 'security', 'todo', 'information'] as const
export type WidgetName = (typeof widgetNames)[number]

const look = z.strictObject({
  brand: colour, headerColour: colour.optional(), accent: colour.optional(),
  header: z.enum(['bar', 'band', 'plain', 'side']).default('bar'),
  radius: z.enum(['none', 'small', 'round']).default('small'),
  type: z.enum(['humanist', 'serif', 'grotesque', 'rounded']).default('humanist'),
  tone: z.enum(['white', 'warm', 'cool', 'tinted']).default('white'),
  entry: z.enum(['card', 'split', 'plain']).default('card'),
  logo: z.string().regex(/^[a-z0-9.-]+\.(svg|png)$/, 'must be the name of a file in the firm\'s static folder').optional(),
})
export type Look = z.infer<typeof look>

const role = z.strictObject({ name: z.string().regex(/^[a-z][A-Za-z0-9]*$/), label: words,
  may: z.array(z.enum(['inviteColleagues'])).default([]) })

const noticeNames = ['passwordChanged', 'emailChanged', 'phoneChanged', 'phoneRemoved', 'secondFactorOn', 'appChanged', 'appRemoved', 'secondFactorOff',
  'backupCodeUsed', 'backupCodeMade'] as const
export type NoticeName = (typeof noticeNames)[number]

/** Tracks: the activation of a new account, and making an existing account stronger from the home page. */
export type Track = 'activation' | 'strengthen'

const shape = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(2).max(60).describe('the firm\'s name on pages and in mails'),
  domain: z.string().regex(/^[a-z0-9.-]+\.[a-z]{2,}$/).optional().describe('an own host name beside the one on the installation'),
  languages: z.array(z.enum(languages)).min(1).default(['nl', 'en']).describe('the first is the one a new visitor sees'),
  zone: z.string().default('Europe/Amsterdam').refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone), 'is not a known time zone'),
  contact: z.strictObject({ mail: z.email(), phone: z.string().min(3), hours: words.optional() }),
  look,
  signIn: z.strictObject({
    identifier: z.enum(['email', 'username']).default('email'),
    layout: z.enum(['onePage', 'identifierFirst']).default('onePage'),
  }).prefault({}),
  secondFactor: z.strictObject({
    of: z.array(chosenFactor).min(1).default(['authenticator', 'sms']).describe('offered when signing in, in this order'),
    when: z.enum(['always', 'ifEnrolled']).default('always'),
    obligatoryFrom: z.iso.date().optional().describe('with ifEnrolled: the day from which setting one up is asked'),
    grace: duration('P0D', 'P180D').default('P14D').describe('after that day "later" still works for this long'),
    trustedComputer: duration('P1D', 'P30D').nullable().default(null).describe('how long a trusted computer skips the second step; null: never'),
  }).prefault({}),
  password: z.strictObject({
    minimum: z.int().min(8).max(64).optional().describe('default 12 with an obligatory second factor, 15 without; floor 8 with, 15 without'),
    maximum: z.int().min(64).max(128).default(128),
    oneOf: z.string().min(1).nullable().default(null).describe('a special character that must occur; current guidelines advise against it'),
    refuse: z.array(z.enum(['common', 'breached', 'context'])).default(['common', 'breached', 'context']),
    buttonTells: z.boolean().default(false).describe('the words on the button say whether saving is possible yet'),
  }).prefault({}),
  codes: z.strictObject({
    lifetime: duration('PT5M', 'PT10M').default('PT10M'),
    tries: z.int().min(3).max(10).default(5),
    resendAfter: duration('PT30S', 'PT5M').default('PT60S'),
    perHour: z.int().min(2).max(5).default(5),
    perDay: z.int().min(3).max(10).default(10),
  }).prefault({}),
  links: z.strictObject({
    activation: duration('PT1H', 'P14D').default('PT72H'),
    temporaryPassword: duration('PT1H', 'PT24H').default('PT24H'),
    reset: duration('PT10M', 'PT24H').default('PT30M').describe('for choosing a new password'),
    released: duration('PT1H', 'PT24H').default('PT24H').describe('the same, once two people of the firm said yes'),
  }).prefault({}),
  recovery: z.strictObject({
    also: z.enum(['currentFactor', 'oldPhoneOrDelay']).default('currentFactor')
      .describe('what the mailed link needs beside it: a factor the person has, or else two people of the firm; with oldPhoneOrDelay a wait will do as well'),
    delay: duration('PT12H', 'P7D').default('PT24H').describe('how long that wait is, with notices and a way to stop it'),
    question: z.boolean().default(false).describe('ask the secret question too, of who has one: a hurdle more, never instead of a factor'),
    phone: z.boolean().default(false).describe('the mobile number is set again together with the password'),
  }).prefault({}),
  waiting: z.strictObject({
    freeFailures: z.int().min(3).max(10).default(5),
    first: duration('PT15S', 'PT5M').default('PT30S'),
    most: duration('PT5M', 'PT60M').default('PT15M'),
  }).prefault({}),
  session: z.strictObject({
    idle: duration('PT5M', 'PT12H').default('PT30M'),
    most: duration('PT30M', 'PT24H').default('PT12H'),
  }).prefault({}),
  invitation: z.strictObject({
    businessMailOnly: z.boolean().default(false),
    freeMailDomains: z.array(z.string()).optional().describe('replaces the built-in list of free mail domains'),
    rolesRequired: z.boolean().default(false),
  }).prefault({}),
  roles: z.array(role).default([]),
  onboarding: z.strictObject({
    activation: z.array(stepConfig).min(2),
    strengthen: z.array(stepConfig).default([]),
  }),
  notices: z.array(z.enum(noticeNames)).default([...noticeNames]).describe('which changes are mailed to the person'),
  home: z.strictObject({
    main: z.array(z.enum(widgetNames)).default(['todo']).describe('widgets in the middle of the home page'),
    side: z.array(z.enum(widgetNames)).default(['mine', 'information']).describe('widgets in the column beside it'),
  }).prefault({}),
  retention: z.strictObject({
    neverActivated: duration('P7D', 'P90D').default('P30D'),
    run: duration('P1D', 'P30D').default('P14D'),
    staged: duration('PT10M', 'PT1H').default('PT1H'),
  }).prefault({}),
})

/** A firm's choices, complete: every default filled in, every step placed. */
export type Policy = Omit<z.output<typeof shape>, 'onboarding' | 'password' | '$schema'> & {
  onboarding: Record<Track, PlacedStep[]>
  password: z.output<typeof shape>['password'] & { minimum: number }
}

/** A mistake in a firm's choices: where it stands and what to change. */
export interface PolicyIssue { path: string; reason: string }

/** Gives every step its address: its own id, else its kind. */
function placed(steps: StepConfig[]): PlacedStep[] {
  return steps.map((step) => ({ ...step, id: step.id ?? step.step.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`) }) as PlacedStep)
}

/**
 * Reads a firm's choices from JSON already parsed.
 * Returns the complete policy, or every mistake with its path and reason; never throws on bad input.
 */
export function parsePolicy(input: unknown): { ok: true; policy: Policy } | { ok: false; issues: PolicyIssue[] } {
  const read = shape.safeParse(input)
  if (!read.success) {
    return { ok: false, issues: read.error.issues.map((issue) => ({ path: issue.path.join('.') || '(the whole file)', reason: issue.message })) }
  }
  const { $schema: _, ...chosen } = read.data
  const strong = chosen.secondFactor.when === 'always'
  const policy: Policy = {
    ...chosen,
    password: { ...chosen.password, minimum: chosen.password.minimum ?? (strong ? 12 : 15) },
    onboarding: { activation: placed(chosen.onboarding.activation), strengthen: placed(chosen.onboarding.strengthen) },
  }
  const issues = contradictions(policy)
  return issues.length ? { ok: false, issues } : { ok: true, policy }
}

/** JSON Schema (draft 2020-12) of `tenant.json`, for editors. */
export function policySchema(): object {
  return z.toJSONSchema(shape, { io: 'input' })
}
