import { z } from 'zod'
import { digest } from '../../platform/crypto/encryption.ts'
import { fragment } from '../../tenancy/fragment.ts'
import type { Policy, PolicyCheck } from '../../tenancy/policy.ts'

const section = z.strictObject({
  title: z.string().min(1).max(120),
  text: z.string().min(1).max(10_000).describe('paragraphs apart by an empty line'),
})
/** A heading with what stands below it. */
export type Section = z.output<typeof section>
const sections = z.array(section).min(1)

const terms = z.strictObject({
  version: z.iso
    .date()
    .describe(
      'the day from which this text holds, and its name; a new day asks everybody again, a slip mended under the same day does not',
    ),
  nl: sections,
  en: sections,
})
/** A firm's terms, in both languages. */
export type Terms = z.output<typeof terms>

/** The text that everybody agrees to; null where the firm asks nobody. No firm asked before there was this choice. */
export const termsPolicy = fragment(
  'terms',
  terms
    .nullable()
    .default(null)
    .describe('a text that everybody agrees to, and again when it changes; add { "step": "terms" } to the activation'),
  { before: null },
)

/** What the terms of a firm are known by, in one language: the same text has the same one. */
export const digestOf = (text: Section[]): string => digest(JSON.stringify(text))

const hasTerms = (policy: Policy): boolean => policy.of(termsPolicy) !== null

/** Whoever is invited agrees on the way in, and a step that asks it needs a text. */
export const termsHaveAStep: PolicyCheck = (policy, kinds) => {
  const asked = policy.onboarding.activation.some((step) => kinds.of(step).about === 'terms')
  if (asked === hasTerms(policy)) return []
  return asked
    ? [
        {
          path: 'terms',
          reason: 'is missing, but a step "terms" asks people to agree to it; write the text, or leave out the step',
        },
      ]
    : [
        {
          path: 'onboarding.activation',
          reason: 'nobody who is invited is asked to agree to "terms"; add { "step": "terms" }',
        },
      ]
}
