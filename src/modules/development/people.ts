import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Services } from '../../tenancy/services.ts'
import type { KnownTenant } from '../../tenancy/directory.ts'
import type { Tenant } from '../../tenancy/tenants.ts'
import { emOf } from '../../tenancy/tenants.ts'
import { unattendedContext, type Context } from '../../tenancy/context.ts'
import { accountByEmail, identifierOf } from '../../identity/accounts/index.ts'
import { authenticatorSecretFrom } from '../../identity/factors/index.ts'
import { seedsOf, type InventedPerson } from '../../tenancy/seed.ts'
import { hasPeople, peopleOf, secondOf, type Second } from './invented.ts'
import { seedPerson } from './seed-person.ts'

/** What every invented person signs in with. Meets the rules of the strictest policy; worth nothing in production. */
export const password = 'blauwe?fiets-op-zolder'

const newSecret = (): string => authenticatorSecretFrom(randomBytes(20).toString('hex'))

/** A context of nobody, from no browser: nothing that is done for an invented person asks who does it or where. */
function contextFor(services: Services, tenant: Tenant): Context {
  return unattendedContext(services, tenant, emOf(services.orm, tenant.id))
}

/** The firms that have invented people; the others need not be loaded for them. */
const withPeople = ({ tenants, config }: Services): KnownTenant[] =>
  tenants.known.filter(({ slug }) => hasPeople(join(config.tenantsDir, slug)))

async function firmsOf({ tenants }: Services, known: readonly KnownTenant[]): Promise<Tenant[]> {
  const loaded = await Promise.all(known.map(({ id }) => tenants.byId(id)))
  return loaded.filter((tenant) => tenant !== null)
}

/** As many firms are shown to a developer at a time. */
const mostFirms = 50
/** The firms a developer sees first, and how many more there are. */
export async function firmsShown(services: Services): Promise<{ firms: Tenant[]; more: number }> {
  const { known } = services.tenants
  const first = [...new Set([...withPeople(services), ...known])].slice(0, mostFirms)
  return { firms: await firmsOf(services, first), more: known.length - first.length }
}

/** Brings the invented people into every firm. Who is there already stays as they are. Development only. */
export async function loadPeople(services: Services): Promise<void> {
  for (const tenant of await firmsOf(services, withPeople(services))) {
    for (const [at, each] of peopleOf(tenant).entries()) {
      const context = contextFor(services, tenant)
      if (await accountByEmail(context, each.email)) continue
      if (each.state === 'invited')
        for (const { invitation } of seedsOf(context)) await invitation?.(contextFor(services, tenant), each)
      else
        await seedPerson(contextFor(services, tenant), each, {
          password,
          number: `+316123456${String(at).padStart(2, '0')}`,
          secret: newSecret(),
        })
    }
    for (const { firm } of seedsOf(contextFor(services, tenant))) await firm?.(contextFor(services, tenant))
  }
}

/** Somebody to sign in as. `second`: the factor they have, or 'none'; the codes are on the development pages. */
export interface WhoCanSignIn {
  tenant: string
  name: string
  identifier: string
  password: string
  kind: InventedPerson['kind']
  second: Second
  email: string
}

/** The invented people with a password, per firm in the order of their list. */
export async function whoCanSignIn(services: Services): Promise<WhoCanSignIn[]> {
  const firms = await firmsOf(services, withPeople(services).slice(0, mostFirms))
  return firms.flatMap((tenant) =>
    peopleOf(tenant)
      .filter(({ state }) => state !== 'invited')
      .map((each) => ({
        tenant: tenant.slug,
        name: each.name,
        password,
        kind: each.kind,
        second: secondOf(services, tenant.policy, each),
        email: each.email,
        identifier: identifierOf(tenant.policy, { email: each.email, username: each.username ?? null }),
      })),
  )
}
