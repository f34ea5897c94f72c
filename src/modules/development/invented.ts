import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Policy } from '../../tenancy/policy.ts'
import { apart, type StepKinds } from '../../tenancy/steps.ts'
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

const fileIn = (folder: string) => join(folder, 'people.json')
/** Whether the firm in this folder has invented people. */
export const hasPeople = (folder: string): boolean => existsSync(fileIn(folder))

/** The invented people of a firm; none where it has no such file. @throws Error naming the file and what is wrong in it */
export function peopleOf(tenant: Tenant): Invented[] {
  const file = fileIn(tenant.folder)
  if (!hasPeople(tenant.folder)) return []
  const read = z.array(person).safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`)
  return read.data
}

/** What an invented person gives as second step; the codes are on the development pages. */
export type Second = 'authenticator' | 'sms' | 'mail' | 'none'

/** Whether nobody gets through the activation without setting up a phone or an app. */
const setsUpFactor = ({ onboarding }: Policy, kinds: StepKinds): boolean =>
  apart(kinds, onboarding.activation).some((step) => {
    const factor = kinds.of(step).setsUp?.(step)
    return !step.optional && (factor === 'sms' || factor === 'authenticator')
  })

/**
 * The firm's own people have an app with codes. Of clients: an SMS to an invented phone wherever the firm's activation
 * leaves people with a factor and takes SMS; else the mail that everybody has.
 */
export function secondOf(policy: Policy, { state, kind }: Invented, kinds: StepKinds): Second {
  if (kind !== 'client' && state === 'active') return 'authenticator'
  const phone = state === 'active' && setsUpFactor(policy, kinds)
  // In the firm's order, as signing in takes them.
  return (
    policy.secondFactor.of.find((each): each is 'sms' | 'mail' => each === 'mail' || (each === 'sms' && phone)) ??
    'none'
  )
}
