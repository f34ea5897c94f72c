import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { PlacedStep, Policy } from '../../tenancy/policy.ts'
import type { Tenant } from '../../tenancy/tenants.ts'

const person = z.strictObject({
  name: z.string(),
  email: z.email(),
  username: z.string().optional(),
  kind: z.enum(['client', 'staff', 'admin']).default('client'),
  role: z.string().optional(),
  organisation: z.string().optional(),
  birthDate: z.iso.date().optional(),
  language: z.enum(['nl', 'en']).optional(),
  state: z.enum(['active', 'existing', 'invited']).default('active'),
})
/**
 * An invented person, as `tenants/<slug>/people.json` lists them. `active`: has been through the activation;
 * `existing`: an account with only a password, as after an import; `invited`: has a mail waiting.
 */
export type Invented = z.infer<typeof person>

/** The invented people of a firm; none where it has no such file. @throws Error naming the file and what is wrong in it */
export function peopleOf(tenant: Tenant): Invented[] {
  const file = join(tenant.folder, 'people.json')
  if (!existsSync(file)) return []
  const read = z.array(person).safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`)
  return read.data
}

/** What an invented person gives as second step; the codes are on the development pages. */
export type Second = 'authenticator' | 'sms' | 'mail' | 'none'

/** Whether nobody gets through the activation without setting up a factor. */
function setsUpFactor({ onboarding }: Policy): boolean {
  const all = onboarding.activation.flatMap((step) => (step.step === 'together' ? (step.of as PlacedStep[]) : [step]))
  return all.some((step) => (step.step === 'phone' || step.step === 'authenticator') && !step.optional)
}

/**
 * The firm's own people have an app with codes. Of clients: an SMS to an invented phone wherever the firm's activation
 * leaves people with a factor and takes SMS; else the mail that everybody has.
 */
export function secondOf(policy: Policy, { state, kind }: Invented): Second {
  if (kind !== 'client' && state === 'active') return 'authenticator'
  const phone = state === 'active' && setsUpFactor(policy)
  // In the firm's order, as signing in takes them.
  return (
    policy.secondFactor.of.find((each): each is 'sms' | 'mail' => each === 'mail' || (each === 'sms' && phone)) ??
    'none'
  )
}
