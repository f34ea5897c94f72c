import type { Response } from 'express'
import type { Browser } from '../platform/http/browser.ts'
import type { Language } from '../platform/i18n/texts.ts'
import { aboutRequest, type About } from '../platform/log/request-log.ts'
import type { SessionFacts } from '../tenancy/context.ts'
import type { Tenant } from '../tenancy/tenants.ts'

/** A form of htmx that succeeded, whose next page comes along in the same answer. */
export interface Step {
  /** Who sent the form, and in which language it stood. */
  session: SessionFacts | null
  language: Language
  /** How many addresses it led to so far. */
  hops: number
}

/** What is known of a request beside the request itself; kept with its answer. */
export interface RequestFacts extends About {
  /** The firm whose address was asked; null at the installation's own. */
  tenant: Tenant | null
  browser?: Browser
  step?: Step
}
export const factsOf = (response: Response) => aboutRequest(response) as RequestFacts
