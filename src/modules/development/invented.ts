import { isOwnPeople } from '../../tenancy/person.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { offeredFactors, type FactorName } from '../../tenancy/factors.ts'
import { factorsOf, type Installation } from '../../identity/factors/index.ts'
import type { Services } from '../../tenancy/services.ts'
import type { InventedPerson } from '../../tenancy/seed.ts'
import type { Policy } from '../../tenancy/policy.ts'
import { apart, type StepKinds } from '../../tenancy/steps.ts'
import type { Tenant } from '../../tenancy/tenants.ts'

/** An invented person, as `tenants/<slug>/people.json` lists them. */
const person: z.ZodType<InventedPerson> = z.strictObject({
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
const fileIn = (folder: string) => join(folder, 'people.json')
/** Whether the firm in this folder has invented people. */
export const hasPeople = (folder: string): boolean => existsSync(fileIn(folder))

/**
 * The invented people of a firm; none where it has no such file.
 * @throws Error naming the file and what is wrong in it
 */
export function peopleOf(tenant: Tenant): InventedPerson[] {
  const file = fileIn(tenant.folder)
  if (!hasPeople(tenant.folder)) return []
  const read = z.array(person).safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`)
  return read.data
}

/** What an invented person gives as second step, 'none' for who has nothing; the codes are on the development pages. */
export type Second = FactorName

/** Whether nobody gets through the activation without setting up what invented people can have. */
const setsUpFactor = (at: Installation, { onboarding }: Policy, kinds: StepKinds): boolean =>
  apart(kinds, onboarding.activation).some((step) => {
    const factor = factorsOf(at).find(kinds.of(step).setsUp?.(step))
    return !step.optional && factor?.invented !== undefined
  })

/**
 * The firm's own people have an app with codes. Of clients: an SMS to an invented phone wherever the firm's activation
 * leaves people with a factor and takes SMS; else the mail that everybody has.
 */
export function secondOf(services: Pick<Services, 'modules'>, policy: Policy, { state, kind }: InventedPerson): Second {
  const at = { services }
  const factors = factorsOf(at)
  if (isOwnPeople({ kind }) && state === 'active')
    return factors.all.find(({ invented }) => invented?.for === 'ownPeople')?.name ?? 'none'
  const own = state === 'active' && setsUpFactor(at, policy, services.modules.steps)
  // In the firm's order, as signing in takes them.
  const second = offeredFactors(factors, policy).find(
    (factor) => factor.kind === 'given' || (own && factor.invented?.for === 'clients'),
  )
  return second?.name ?? 'none'
}
