import { generateSync } from 'otplib'
import type { InstallationContext } from '../../tenancy/context.ts'
import { emOf } from '../../tenancy/tenants.ts'
import { unattendedContext } from '../../tenancy/context.ts'
import { whoCanSignIn } from './people.ts'

/** What the app of an invented person shows now; `until` is when it shows the next one. */
export interface AppCode {
  tenant: string
  name: string
  identifier: string
  email: string
  code: string
  until: Date
}

const period = 30

/**
 * The codes that the apps of the invented people show at this moment of the portal's clock, for want of their phones.
 * Read from what they really have, so an app that a developer set up for one of them is here too.
 */
export async function appCodes({ services, now }: InstallationContext): Promise<AppCode[]> {
  const epoch = Math.floor(now.epochMilliseconds / 1000)
  const until = new Date((Math.floor(epoch / period) + 1) * period * 1000)
  const codes = (await whoCanSignIn(services)).map(async ({ tenant: slug, name, identifier, email }) => {
    const tenant = services.tenants.bySlug(slug)
    if (!tenant) return []
    const context = unattendedContext(services, tenant, emOf(services.orm, tenant.id))
    const app = await context.one<{ id: string; secret: string }>(
      `select s.id, s.secret from authenticator s join account a on a.tenant_id = s.tenant_id and a.id = s.account_id
       where a.email = ? and s.removed_at is null order by s.confirmed_at, s.id limit 1`,
      [email],
    )
    if (!app) return []
    const secret = context.unseal('authenticator', 'secret', app.id, app.secret)
    if (secret === null) return []
    return [{ tenant: slug, name, identifier, email, code: generateSync({ secret, epoch, period }), until }]
  })
  return (await Promise.all(codes)).flat()
}
