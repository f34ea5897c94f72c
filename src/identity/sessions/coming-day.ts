import type { Tenant } from '../../tenancy/tenants.ts'
import { owed, type Owed, type Standing } from './owed.ts'

/** Somebody who set up nothing, and whose password is as old as the firm. */
const bare: Standing = {
  factors: {
    passkey: false,
    approval: false,
    authenticator: false,
    phone: false,
    backupCode: false,
    backupCodeSpent: false,
    ownPeople: false,
  },
  hasPassword: true,
  passwordVersion: null,
}

/**
 * The day ahead on which the firm's choices become stricter for accounts that are already there: from when it is asked,
 * and from when nothing else opens. Null when no such day is ahead.
 */
export function comingDay(tenant: Tenant, today: Temporal.PlainDate): Pick<Owed, 'from' | 'until'> | null {
  const found = owed(tenant, bare)
  return found && Temporal.PlainDate.compare(found.until, today) > 0 ? { from: found.from, until: found.until } : null
}
