import { z } from 'zod'

/** The steps an onboarding can be made of, and the factors they set up, as a firm writes them down. */

export const factorNames = ['passkey', 'authenticator', 'approval', 'sms', 'mail', 'backupCode'] as const
/** A way to give the second step when signing in, the strongest first. Each is a folder in `modules/factors` and a line in its registry. */
export type FactorName = (typeof factorNames)[number]

/** The factors a person can choose by themselves; a backup code only ever stands beside one of these. */
export const chosenFactor = z.enum(['passkey', 'authenticator', 'approval', 'sms', 'mail'])

const named = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be lower case letters, digits and dashes')
    .optional()
    .describe('the address of the step; needed only where one kind of step occurs twice'),
}
const choosable = { chosen: chosenFactor.optional().describe('only for who chose this factor in chooseFactor') }
const skippable = { optional: z.boolean().default(false).describe('may be skipped') }

const password = z.strictObject({
  step: z.literal('password'),
  ...named,
  current: z.boolean().default(false).describe('ask the present (temporary) password too'),
  repeat: z.boolean().default(true).describe('ask the new password twice'),
})
const phone = z.strictObject({
  step: z.literal('phone'),
  ...named,
  ...choosable,
  ...skippable,
  use: z
    .enum(['factor', 'recovery'])
    .default('factor')
    .describe('words on the page: for signing in, or for when the app is lost'),
})
const secretQuestion = z.strictObject({
  step: z.literal('secretQuestion'),
  ...named,
  confirmPassword: z.boolean().default(true).describe('confirm with the password'),
})
const birthDate = z.strictObject({
  step: z.literal('birthDate'),
  ...named,
  tries: z.int().min(1).max(10).default(5).describe('after this many wrong dates the link dies and staff are told'),
})

/** One step of an onboarding, as a firm writes it down. */
export const stepConfig = z.discriminatedUnion('step', [
  birthDate,
  password,
  phone,
  secretQuestion,
  z.strictObject({ step: z.literal('credentials'), ...named }).describe('mails the user name and a temporary password'),
  z.strictObject({ step: z.literal('signIn'), ...named, with: z.enum(['temporary', 'own']).default('own') }),
  z.strictObject({
    step: z.literal('intro'),
    ...named,
    later: z.boolean().default(false).describe('may be put off as long as the second step is not obligatory'),
  }),
  z.strictObject({ step: z.literal('chooseFactor'), ...named, of: z.array(chosenFactor).min(1) }),
  z.strictObject({ step: z.literal('authenticator'), ...named, ...choosable, ...skippable }),
  z.strictObject({ step: z.literal('passkey'), ...named, ...choosable, ...skippable }),
  z.strictObject({ step: z.literal('approval'), ...named, ...choosable, ...skippable }),
  z.strictObject({
    step: z.literal('backupCode'),
    ...named,
    confirm: z.boolean().default(false).describe('a checkbox "I have saved the code" that must be ticked'),
    switchesOff: z
      .boolean()
      .default(false)
      .describe(
        'who signed in with password and backup code may switch the second step off; where it is obligatory, setting it up again follows at once',
      ),
  }),
  z
    .strictObject({
      step: z.literal('together'),
      ...named,
      of: z.array(z.discriminatedUnion('step', [password, phone])).min(2),
    })
    .describe('several on one form, saved together after the last code'),
  z.strictObject({ step: z.literal('done'), ...named, landing: z.enum(['home', 'signIn']).default('home') }),
])
/** A step of a walk: written down by the firm, or, for `stricter`, placed by the portal itself. */
export type StepConfig = z.infer<typeof stepConfig> | { step: 'stricter'; id?: string }
export type StepName = StepConfig['step']
export type StepConfigOf<N extends StepName> = Extract<StepConfig, { step: N }>
/** A step with its address filled in: unique in its track. */
export type PlacedStep<N extends StepName = StepName> = StepConfigOf<N> & { id: string }

/** Every step, and after a form of several each of its parts. */
export const withParts = (steps: PlacedStep[]): PlacedStep[] =>
  steps.flatMap((step) => (step.step === 'together' ? [step, ...(step.of as PlacedStep[])] : [step]))
