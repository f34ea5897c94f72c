import type { Log } from '../platform/log/log.ts'
import { Unreadable } from '../platform/crypto/encryption.ts'
import type { Tenant } from './tenants.ts'

/**
 * Opens a sealed value of a firm. What does not open was altered in the database, or moved there from another row: it
 * counts as absent, and the log says where it stands, for an operator to look.
 * @param associatedData what it was sealed for. @returns null when it does not open
 */
export function unsealed(
  { tenant, log }: { tenant: Tenant; log: Log },
  where: { table: string; column: string; row: string },
  associatedData: string,
  sealed: string,
): string | null {
  try {
    return tenant.vault.open(associatedData, sealed)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    log.error(
      { alert: 'unreadable', tenant: tenant.slug, ...where },
      'a sealed value does not open: it was altered, or moved from elsewhere, and counts as absent',
    )
    return null
  }
}
