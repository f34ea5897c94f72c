import type { Portal } from '../services.ts'
import type { Tenant } from '../tenancy/tenants.ts'

/** The firm's name on the command line. @throws Error with the firms there are */
export function firm({ services }: Portal, slug: string | undefined): Tenant {
  const tenant = services.tenants.bySlug(slug ?? '')
  if (!tenant)
    throw new Error(
      `There is no firm "${slug ?? ''}"; there are: ${services.tenants.all.map((each) => each.slug).join(', ')}`,
    )
  return tenant
}
