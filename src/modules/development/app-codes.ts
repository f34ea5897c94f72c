import { generateSync } from 'otplib'
import type { InstallationContext } from '../../tenancy/context.ts'
import { accountByEmail } from '../../identity/accounts/index.ts'
import { sealedSecrets } from '../../identity/factors/index.ts'
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
    const tenant = await services.tenants.bySlug(slug)
    if (!tenant) return []
    const context = unattendedContext(services, tenant, emOf(services.orm, tenant.id))
    const account = await accountByEmail(context, email)
    const [app] = account ? await sealedSecrets(context, account.id) : []
    if (!app) return []
    const secret = context.unseal('authenticator', 'secret', app.id, app.sealed)
    if (secret === null) return []
    return [{ tenant: slug, name, identifier, email, code: generateSync({ secret, epoch, period }), until }]
  })
  return (await Promise.all(codes)).flat()
}
