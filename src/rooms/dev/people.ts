import { randomBytes } from 'node:crypto'
import type { House } from '../../tenancy/house.ts'
import type { Tenant } from '../../tenancy/tenants.ts'
import { emOf } from '../../tenancy/tenants.ts'
import { unattendedVisit, type Visit } from '../../tenancy/visit.ts'
import { accountByEmail, identifierOf } from '../accounts/index.ts'
import { invite } from '../activation/index.ts'
import { authenticatorSecretFrom } from '../factors/index.ts'
import { peopleOf, secondOf, type Invented, type Second } from './invented.ts'
import { settle } from './settle.ts'

/** What every invented person signs in with. Meets the rules of the strictest policy; worth nothing in production. */
export const password = 'blauwe?fiets-op-zolder'

const newSecret = (): string => authenticatorSecretFrom(randomBytes(20).toString('hex'))

/** A visit of nobody, from no browser: nothing that is done for an invented person asks who does it or where. */
function visitTo(house: House, tenant: Tenant): Visit {
  return unattendedVisit(house, tenant, emOf(house.orm, tenant.id))
}

/** Brings the invented people into every firm. Who is there already stays as they are. Development only. */
export async function loadPeople(house: House): Promise<void> {
  for (const tenant of house.tenants.all) {
    for (const [at, each] of peopleOf(tenant).entries()) {
      const visit = visitTo(house, tenant)
      if (await accountByEmail(visit, each.email)) continue
      if (each.state === 'invited') await send(visitTo(house, tenant), each)
      else
        await settle(visitTo(house, tenant), each, {
          password,
          number: `+316123456${String(at).padStart(2, '0')}`,
          secret: newSecret(),
        })
    }
  }
}

/** Invites through the room that does it, so that the mail in the outbox is a real one. */
async function send(
  visit: Visit,
  { name, email, username, role, organisation, birthDate, language }: Invented,
): Promise<void> {
  const [year = '', month = '', day = ''] = birthDate?.split('-') ?? []
  const invited = await invite(visit, {
    name,
    email,
    username: username ?? '',
    role: role ?? '',
    organisation: organisation ?? '',
    language: language ?? '',
    'birthDate-day': day,
    'birthDate-month': month,
    'birthDate-year': year,
  })
  if (!invited.ok)
    throw new Error(`${email} of ${visit.tenant.slug} could not be invited: ${JSON.stringify(invited.errors)}`)
}

/** Somebody to sign in as. `second`: the factor they have, or 'none'; the codes are on the development pages. */
export interface WhoCanSignIn {
  tenant: string
  name: string
  identifier: string
  password: string
  kind: Invented['kind']
  second: Second
  email: string
}

/** The invented people with a password, per firm in the order of their list. */
export async function whoCanSignIn(house: House): Promise<WhoCanSignIn[]> {
  return house.tenants.all.flatMap((tenant) =>
    peopleOf(tenant)
      .filter(({ state }) => state !== 'invited')
      .map((each) => ({
        tenant: tenant.slug,
        name: each.name,
        password,
        kind: each.kind,
        second: secondOf(tenant.policy, each),
        email: each.email,
        identifier: identifierOf(tenant.policy, { email: each.email, username: each.username ?? null }),
      })),
  )
}
