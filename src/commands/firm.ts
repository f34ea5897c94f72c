import type { OpenHouse } from '../open-house.ts'
import type { Tenant } from '../tenancy/tenants.ts'

/** The firm's name on the command line. @throws Error with the firms there are */
export function firm({ house }: OpenHouse, slug: string | undefined): Tenant {
  const tenant = house.tenants.bySlug(slug ?? '')
  if (!tenant)
    throw new Error(
      `There is no firm "${slug ?? ''}"; there are: ${house.tenants.all.map((each) => each.slug).join(', ')}`,
    )
  return tenant
}
