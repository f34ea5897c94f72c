import { z } from 'zod'
import { languages } from '../platform/i18n/texts.ts'
import { duration } from './durations.ts'
import type { FactorChoice, FactorName } from './factors.ts'
import type { Written } from './steps.ts'

/**
 * What a firm may decide, with its default and its floor: here what more than one module reads; what is a module's own
 * stands in its fragment. `tenants/<slug>/tenant.json` is checked against all of it when it is published, and the JSON
 * Schema for editors is generated from it.
 */

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

export const role = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must begin with a lower case letter and hold letters and digits only'),
  label: words,
  may: z.array(z.string()).default([]),
})

/** The flows of a firm, of the steps there are: those come with the modules. */
export const flowsOf = (step: z.ZodType<Written>) =>
  z.strictObject({ activation: z.array(step).min(2), strengthen: z.array(step).default([]) })

/** The second step when signing in, of the factors there are: those come with the modules. */
export const secondFactorOf = (factor: FactorChoice, byDefault: FactorName[]) =>
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

export const shape = z.strictObject({
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
